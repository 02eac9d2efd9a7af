package io.slimimage.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.slimimage.BuildLog;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a large file costs: nothing where it is excluded, and no memory where it is sent. */
class LargeExcludedFileTest {

  private static final long SIZE = 300L << 20;
  private static final Instant LONG_AGO = Instant.parse("2001-01-01T00:00:00Z");

  @TempDir Path root;

  @BeforeEach
  void createProject() throws IOException {
    Files.writeString(root.resolve("pom.xml"), "<project/>");
    Path large = Files.createDirectories(root.resolve("data/deep")).resolve("large.bin");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(SIZE);
    }
    Files.setAttribute(large, "lastAccessTime", FileTime.from(LONG_AGO));
    Files.setAttribute(root.resolve("data"), "lastAccessTime", FileTime.from(LONG_AGO));
    Files.writeString(root.resolve(".dockerignore"), "data\n!src/data.txt\n");
  }

  @Test
  void neverReadsAnExcludedDirectory() throws IOException {
    ProjectContext context =
        ProjectContext.of(root, new Silence())
            .ignore(DockerIgnore.read(root.resolve(".dockerignore")))
            .scan();
    CountingStream out = new CountingStream();
    long heap = peakHeap(() -> context.writeTo(out));

    assertThat(out.count).isLessThan(20_000);
    assertThat(context.statistics().visitedDirectories()).as("only the root").isEqualTo(1);
    assertThat(context.statistics().prunedDirectories()).isEqualTo(1);
    assertThat(accessed("data/deep/large.bin")).isEqualTo(LONG_AGO);
    assertThat(accessed("data")).isEqualTo(LONG_AGO);
  }

  @Test
  void holdsNoFileInMemory() throws IOException {
    ProjectContext context = ProjectContext.of(root, new Silence()).scan();
    CountingStream out = new CountingStream();
    long heap = peakHeap(() -> context.writeTo(out));

    assertThat(out.count).isGreaterThan(SIZE);
    assertThat(heap).isLessThan(SIZE / 2);
  }

  private Instant accessed(String path) throws IOException {
    return ((FileTime) Files.getAttribute(root.resolve(path), "lastAccessTime")).toInstant();
  }

  private static long peakHeap(IoAction action) throws IOException {
    System.gc();
    List<MemoryPoolMXBean> pools =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();
    pools.forEach(MemoryPoolMXBean::resetPeakUsage);
    action.run();
    return pools.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
  }

  private interface IoAction {
    void run() throws IOException;
  }

  private static final class CountingStream extends OutputStream {

    private long count;

    @Override
    public void write(int b) {
      count++;
    }

    @Override
    public void write(byte[] buffer, int offset, int length) {
      count += length;
    }
  }

  private static final class Silence implements BuildLog {

    @Override
    public void info(String message) {}

    @Override
    public void warn(String message) {}

    @Override
    public void debug(String message) {}

    @Override
    public boolean isDebugEnabled() {
      return false;
    }
  }
}
