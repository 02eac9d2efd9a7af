package io.slimimage.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the workers may do to a stream. */
@Timeout(60)
class ParallelGzipTest {

  private static final byte[] BYTES = new byte[40 * GzipBlock.SIZE];

  static {
    new Random(1).nextBytes(BYTES);
  }

  private final ExecutorService workers = Executors.newFixedThreadPool(2);

  @AfterEach
  void endWorkers() {
    workers.shutdownNow();
  }

  @Test
  void doesItAloneWhereAllWorkersAreBusy() throws IOException {
    CountDownLatch end = new CountDownLatch(1);
    for (int i = 0; i < 2; i++) {
      workers.execute(
          () -> {
            try {
              end.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
    }

    assertWhole(gzip(workers));
    end.countDown();
  }

  @Test
  void doesItAloneWhereTheWorkersAreGone() throws IOException {
    byte[] together = gzip(workers);
    workers.shutdownNow();

    assertThat(gzip(workers)).isEqualTo(together);
  }

  /** Who compresses layers side by side may be one of the workers. */
  @Test
  void mayBeUsedByTheWorkersThemselves() throws Exception {
    ExecutorService one = Executors.newSingleThreadExecutor();
    try {
      assertWhole(one.submit(() -> gzip(one)).get());
    } finally {
      one.shutdownNow();
    }
  }

  @Test
  void keepsAFewBlocksInMemory() throws IOException {
    long before = directMemory();
    long[] most = {0};
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int b) {}

          @Override
          public void write(byte[] piece, int offset, int length) {
            most[0] = Math.max(most[0], directMemory() - before);
          }
        };
    try (OutputStream gzip = new ParallelGzip(out, workers)) {
      gzip.write(BYTES);
    }

    int cores = Runtime.getRuntime().availableProcessors();
    assertThat(most[0]).isBetween(1L, (cores + 2) * 3L * GzipBlock.SIZE);
  }

  @Test
  void endsAtOnceAfterAFailure() throws IOException {
    AtomicInteger writes = new AtomicInteger();
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            write(new byte[1], 0, 1);
          }

          @Override
          public void write(byte[] piece, int offset, int length) throws IOException {
            if (writes.incrementAndGet() == 3) {
              throw new IOException("disk full");
            }
          }
        };
    ParallelGzip gzip = new ParallelGzip(out, workers);
    assertThatThrownBy(() -> gzip.write(BYTES)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> gzip.write(1)).hasMessage("the stream is closed");
    gzip.close();
    gzip.close();

    assertThat(writes).hasValue(3);
    assertThatThrownBy(() -> gzip.write(1)).hasMessage("the stream is closed");
  }

  @Test
  void endsWhereTheWorkersFail() throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    ExecutorService failing =
        new AbstractExecutorService() {
          @Override
          public void execute(Runnable command) {
            throw new IllegalStateException("no worker");
          }

          @Override
          public void shutdown() {}

          @Override
          public List<Runnable> shutdownNow() {
            return List.of();
          }

          @Override
          public boolean isShutdown() {
            return false;
          }

          @Override
          public boolean isTerminated() {
            return false;
          }

          @Override
          public boolean awaitTermination(long timeout, TimeUnit unit) {
            return false;
          }
        };
    ParallelGzip gzip = new ParallelGzip(compressed, failing);
    assertThatThrownBy(() -> gzip.write(BYTES)).hasMessage("no worker");
    int written = compressed.size();
    gzip.close();

    assertThat(compressed.size()).isEqualTo(written);
  }

  private static byte[] gzip(ExecutorService workers) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream gzip = new ParallelGzip(compressed, workers)) {
      gzip.write(BYTES);
    }
    return compressed.toByteArray();
  }

  private static void assertWhole(byte[] compressed) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
      assertThat(in.readAllBytes()).isEqualTo(BYTES);
    }
  }

  private static long directMemory() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }
}
