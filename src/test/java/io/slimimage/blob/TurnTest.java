package io.slimimage.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TurnTest {

  @TempDir private Path directory;

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  @Test
  void isOneThreadsAtATime() throws Exception {
    Path file = directory.resolve("new/turn");
    AtomicInteger waiting = new AtomicInteger();
    Turn first = Turn.take(file);
    Future<Integer> second =
        threads.submit(
            () -> {
              Turn turn = Turn.take(file);
              turn.end();
              return waiting.get();
            });
    waiting.set(1);
    first.end();

    assertThat(second.get(30, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(file).doesNotExist();
  }

  @Test
  void isNotWaitedForByWhoIsInterrupted() throws Exception {
    Path file = directory.resolve("turn");
    Turn first = Turn.take(file);
    Future<Boolean> interrupted =
        threads.submit(
            () -> {
              Thread.currentThread().interrupt();
              try {
                Turn.take(file);
                return false;
              } catch (InterruptedIOException e) {
                return Thread.currentThread().isInterrupted();
              }
            });

    assertThat(interrupted.get(30, TimeUnit.SECONDS)).isTrue();
    first.end();
  }

  @Test
  void isEverybodysWhereNothingCanBeLocked() throws Exception {
    Path file = directory.resolve("file");
    Files.createFile(file);

    Turn one = Turn.take(file.resolve("turn"));
    Turn other = Turn.take(file.resolve("turn"));

    one.end();
    other.end();
    assertThat(file).isEmptyFile();
  }

  @Test
  void endsWithAFailure() throws Exception {
    BlobStore store = new BlobStore(directory, FileDigests.unkept());
    Blob content = Blob.of(new byte[] {1});
    Digest digest = Digest.sha256(content);
    assertThatThrownBy(() -> store.putOnce(content, Digest.sha256("other")))
        .hasMessageContaining("that should have the digest");

    Future<StoredBlob> stored = threads.submit(() -> store.putOnce(content, digest));

    assertThat(stored.get(30, TimeUnit.SECONDS).digest()).isEqualTo(digest);
    try (var left = Files.list(directory.resolve("partial"))) {
      assertThat(left).isEmpty();
    }
  }
}
