package io.slimimage.blob;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobPruningTest {

  private static final int SIZE = 1000;

  @TempDir Path directory;

  private Path blobs;
  private BlobStore store;

  @BeforeEach
  void openStore() {
    blobs = directory.resolve("sha256");
    store = new BlobStore(directory, FileDigests.unkept());
  }

  @Test
  void removesWhatWasNotUsedForTheLongestTime() throws IOException {
    StoredBlob days = put(1, Duration.ofDays(2));
    StoredBlob weeks = put(2, Duration.ofDays(20));
    StoredBlob hours = put(3, Duration.ofHours(2));

    store.prune(3 * SIZE);
    assertThat(blobs).isDirectoryContaining(weeks.file()::equals);
    store.prune(2 * SIZE);
    assertThat(Files.list(blobs)).containsExactlyInAnyOrder(days.file(), hours.file());
    store.prune(2 * SIZE - 1);
    assertThat(Files.list(blobs)).containsExactly(hours.file());
    store.prune(0);
    assertThat(blobs).isEmptyDirectory();
  }

  @Test
  void keepsWhatWasUsedWithinAnHour() throws IOException {
    StoredBlob used = put(1, Duration.ofDays(20));
    StoredBlob unused = put(2, Duration.ofDays(10));
    StoredBlob made = put(3, Duration.ofMinutes(50));
    assertThat(store.find(used.digest())).isPresent();
    store.prune(0);

    assertThat(Files.list(blobs)).containsExactlyInAnyOrder(used.file(), made.file());
    assertThat(unused.file()).doesNotExist();
  }

  /** A time of the file itself that moves would have all builds read it again. */
  @Test
  void marksUseWithoutAChangeOfTheFile() throws IOException {
    StoredBlob blob = put(1, Duration.ofDays(20));
    FileStamp before = FileStamp.of(blob.file());
    FileTimes.awaitTick(blob.file());
    store.find(blob.digest());
    Path mark = directory.resolve("used").resolve(blob.digest().hex());
    FileStamp first = FileStamp.of(mark);
    FileTimes.awaitTick(mark);
    store.find(blob.digest());

    assertThat(FileStamp.of(blob.file())).isEqualTo(before);
    assertThat(FileStamp.of(mark)).isEqualTo(first);
    FileTimes.age(mark, Duration.ofMinutes(11));
    store.find(blob.digest());
    assertThat(FileStamp.of(mark).modified()).isGreaterThanOrEqualTo(first.modified());
  }

  @Test
  void forgetsTheUseOfWhatIsRemoved() throws IOException {
    StoredBlob blob = put(1, Duration.ofDays(20));
    store.find(blob.digest());
    FileTimes.age(directory.resolve("used").resolve(blob.digest().hex()), Duration.ofDays(1));
    store.prune(0);

    assertThat(blobs).isEmptyDirectory();
    assertThat(directory.resolve("used")).isEmptyDirectory();
  }

  @Test
  void removesNothingThatIsNoBlob() throws IOException {
    put(1, Duration.ofDays(2));
    Path note = Files.writeString(blobs.resolve("README"), "do not delete");
    FileTimes.age(note, Duration.ofDays(99));
    store.prune(0);

    assertThat(Files.list(blobs)).containsExactly(note);
  }

  @Test
  void removesWhatKilledBuildsHaveLeft() throws IOException {
    BlobWriter killed = store.write();
    killed.write(1);
    Path left;
    try (var partial = Files.list(directory.resolve("partial"))) {
      left = partial.findFirst().orElseThrow();
    }
    FileTimes.age(left, Duration.ofHours(25));
    BlobWriter running = store.write();
    store.prune(Long.MAX_VALUE);

    assertThat(left).doesNotExist();
    running.commit();
    running.close();
    killed.close();
  }

  @Test
  void hasNothingToDoWhereThereIsNoStore() throws IOException {
    new BlobStore(directory.resolve("none"), FileDigests.unkept()).prune(0);

    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void leavesBlobsToOthersThatPruneAsWell() throws Exception {
    for (int i = 0; i < 200; i++) {
      put(i, Duration.ofDays(2 + i));
    }
    ExecutorService executor = Executors.newFixedThreadPool(4);
    try {
      Callable<Void> prune =
          () -> {
            new BlobStore(directory, FileDigests.unkept()).prune(10 * SIZE);
            return null;
          };
      List<Future<Void>> prunings =
          new ArrayList<>(executor.invokeAll(Collections.nCopies(4, prune)));
      for (Future<Void> pruning : prunings) {
        pruning.get();
      }
    } finally {
      executor.shutdownNow();
    }

    try (var left = Files.list(blobs)) {
      assertThat(left).hasSize(10);
    }
  }

  private StoredBlob put(int number, Duration age) throws IOException {
    byte[] bytes = new byte[SIZE];
    bytes[0] = (byte) number;
    bytes[1] = (byte) (number >> 8);
    StoredBlob blob = store.put(Blob.of(bytes), Digest.sha256(bytes));
    FileTimes.age(blob.file(), age);
    return blob;
  }
}
