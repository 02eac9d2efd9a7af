package io.slimimage.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.slimimage.SlimImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A digest that the file does not have shows that the memo was believed, and nothing was read. */
class FileDigestsTest {

  private static final Digest WRONG = Digest.sha256("something else".getBytes(UTF_8));
  private static final Digest RIGHT = Digest.sha256("bytes".getBytes(UTF_8));

  @TempDir Path directory;

  private Path memo;
  private Path file;

  @BeforeEach
  void writeFile() throws IOException {
    memo = directory.resolve("cache/digests");
    file = Files.writeString(directory.resolve("file"), "bytes");
  }

  @Test
  void readsWhatItDoesNotKnow() throws IOException {
    assertThat(FileDigests.at(memo).of(file)).isEqualTo(RIGHT);
    assertThat(FileDigests.unkept().of(file)).isEqualTo(RIGHT);
  }

  @Test
  void believesTheMemoOfAnEarlierBuild() throws IOException {
    knowWrong(file);

    assertThat(FileDigests.at(memo).of(file)).isEqualTo(WRONG);
  }

  @Test
  void keepsWhatItHasRead() throws IOException {
    AtomicInteger readings = new AtomicInteger();
    for (int build = 0; build < 3; build++) {
      FileDigests digests = later();
      derive(digests, readings);
      derive(digests, readings);
      digests.save();
    }

    assertThat(readings).hasValue(1);
  }

  @Test
  void doesNotKeepWhatMayBeWrittenAgainWithinTheSameTick() throws IOException {
    AtomicInteger readings = new AtomicInteger();
    FileDigests digests = FileDigests.at(memo);
    derive(digests, readings);
    derive(digests, readings);
    digests.save();

    assertThat(readings).hasValue(2);
    assertThat(memo).doesNotExist();
  }

  @Test
  void doesNotKeepWhatIsFromTheFuture() throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plus(Duration.ofDays(1))));
    AtomicInteger readings = new AtomicInteger();
    FileDigests digests = later();
    derive(digests, readings);
    derive(digests, readings);

    assertThat(readings).hasValue(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes", "unseen", "size", "time", "other file", "link"})
  void readsAgainWhatHasChanged(String change) throws IOException {
    knowWrong(file);
    FileTime time = Files.getLastModifiedTime(file);
    FileTimes.awaitTick(file);
    switch (change) {
      case "bytes" -> Files.writeString(file, "BYTES");
      case "unseen" -> FileTimes.overwriteUnseen(file, "BYTES".getBytes(UTF_8));
      case "size" -> Files.writeString(file, "more bytes");
      case "time" -> Files.setLastModifiedTime(file, FileTime.fromMillis(0));
      case "other file" -> {
        Path other = Files.writeString(directory.resolve("other"), "BYTES");
        Files.setLastModifiedTime(other, time);
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
      }
      default -> {
        Path other = Files.writeString(directory.resolve("other"), "BYTES");
        Files.setLastModifiedTime(other, time);
        Files.delete(file);
        Files.createSymbolicLink(file, other);
      }
    }

    assertThat(FileDigests.at(memo).of(file)).isEqualTo(Digest.sha256(Files.readAllBytes(file)));
  }

  @Test
  void countsADamagedMemoAsNone() throws IOException {
    knowWrong(file);
    byte[] sound = Files.readAllBytes(memo);
    for (int i = 0; i < sound.length; i++) {
      byte[] damaged = sound.clone();
      damaged[i] ^= 1;
      Files.write(memo, damaged);
      assertThat(FileDigests.at(memo).of(file)).as("byte %d flipped", i).isEqualTo(RIGHT);
      Files.write(memo, java.util.Arrays.copyOf(sound, i));
      assertThat(FileDigests.at(memo).of(file)).as("cut to %d bytes", i).isEqualTo(RIGHT);
    }
    Files.write(memo, sound);
    assertThat(FileDigests.at(memo).of(file)).isEqualTo(WRONG);
  }

  @Test
  void doesNotBelieveTheMemoOfSomebodyElse() throws IOException {
    knowWrong(file);
    try {
      Files.setAttribute(memo, "unix:uid", 4321);
    } catch (IOException e) {
      assumeTrue(false, "only root gives files away");
    }

    assertThat(FileDigests.at(memo).of(file)).isEqualTo(RIGHT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"directory", "full directory", "file above", "pipe"})
  void worksWithoutAMemoWhereThereCanBeNone(String obstacle) throws Exception {
    switch (obstacle) {
      case "directory" -> Files.createDirectories(memo);
      case "full directory" -> Files.createDirectories(memo.resolve("sub"));
      case "file above" -> Files.writeString(memo.getParent(), "no directory");
      default -> {
        Files.createDirectories(memo.getParent());
        assumeTrue(new ProcessBuilder("mkfifo", memo.toString()).start().waitFor() == 0);
      }
    }
    FileDigests digests = later();

    assertThat(digests.of(file)).isEqualTo(RIGHT);
    digests.save();
    assertThat(FileDigests.at(memo).of(file)).isEqualTo(RIGHT);
    try (Stream<Path> files = Files.walk(directory)) {
      assertThat(files).noneMatch(path -> path.toString().endsWith(".partial"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"new\nline", "return\r", "back\\slash\\n", "ümläut 文件 😀", " ", "a b ", "\\"})
  void keepsEveryName(String name) throws IOException {
    Path named = Files.writeString(directory.resolve(name), "bytes");
    knowWrong(file);
    knowWrong(named);

    FileDigests digests = FileDigests.at(memo);
    assertThat(digests.of(named)).isEqualTo(WRONG);
    assertThat(digests.of(file)).isEqualTo(WRONG);
  }

  @Test
  void tellsApartWhatIsDerivedFromOneFile() throws IOException {
    FileDigests digests = later();
    digests.derived(file, "one", () -> WRONG);

    assertThat(digests.derived(file, "two\nlines", () -> RIGHT)).isEqualTo(RIGHT);
    assertThat(digests.of(file)).isEqualTo(RIGHT);
    digests.save();
    FileDigests next = FileDigests.at(memo);
    assertThat(next.derived(file, "one", () -> RIGHT)).isEqualTo(WRONG);
    assertThat(next.derived(file, "two\nlines", () -> WRONG)).isEqualTo(RIGHT);
  }

  @Test
  void readsAgainWhatChangesMeanwhile() throws IOException {
    AtomicInteger readings = new AtomicInteger();
    Digest digest =
        later()
            .derived(
                file,
                "part",
                () -> {
                  Digest read = Digest.sha256(Files.readAllBytes(file));
                  if (readings.getAndIncrement() == 0) {
                    Files.writeString(file, "other bytes");
                  }
                  return read;
                });

    assertThat(digest).isEqualTo(Digest.sha256("other bytes".getBytes(UTF_8)));
  }

  @Test
  void saysThatAFileChangesAllTheTime() {
    AtomicInteger readings = new AtomicInteger();
    assertThatThrownBy(
            () ->
                later()
                    .derived(
                        file,
                        "part",
                        () -> {
                          int number = readings.incrementAndGet();
                          Files.writeString(file, "x".repeat(number));
                          return Digest.sha256(new byte[number]);
                        }))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContainingAll("[" + file + "] changed while", "perhaps you should stop");
  }

  /** Others make links to the files of a cache while they are read. */
  @Test
  void doesNotMindThatAttributesChange() throws IOException {
    AtomicInteger readings = new AtomicInteger();
    Digest digest =
        later()
            .derived(
                file,
                "part",
                () -> {
                  FileTimes.awaitTick(file);
                  Files.createLink(directory.resolve("link" + readings.incrementAndGet()), file);
                  return RIGHT;
                });

    assertThat(digest).isEqualTo(RIGHT);
    assertThat(readings).hasValue(2);
  }

  @Test
  void saysThatAFileIsMissing() {
    assertThatThrownBy(() -> later().of(directory.resolve("missing")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void dropsWhatWasDerivedFromAnEarlierStateOfAFile() throws IOException {
    Path other = Files.writeString(directory.resolve("other"), "bytes");
    FileDigests digests = later();
    digests.derived(file, "part 1", () -> WRONG);
    digests.derived(other, "part 1", () -> WRONG);
    digests.save();
    FileDigests sameState = later();
    sameState.derived(file, "part 2", () -> WRONG);
    sameState.save();
    assertThat(Files.readAllLines(memo)).hasSize(1 + 3);

    Files.writeString(file, "more bytes");
    FileDigests nextState = later();
    nextState.derived(file, "part 3", () -> WRONG);
    nextState.save();
    assertThat(Files.readAllLines(memo))
        .hasSize(1 + 2)
        .noneMatch(line -> line.endsWith("part 1") && line.contains(file + "\\0"));
  }

  @Test
  void dropsWhatNobodyAsksForWhenThereIsMuch() throws IOException {
    FileDigests many = later();
    for (int i = 0; i < 3001; i++) {
      many.derived(file, "part " + i, () -> WRONG);
    }
    many.save();
    AtomicInteger readings = new AtomicInteger();
    FileDigests next = later();
    next.derived(file, "part 7", () -> RIGHT);
    derive(next, readings);
    next.save();

    assertThat(Files.readAllLines(memo)).hasSize(1 + 2);
    assertThat(later().derived(file, "part 7", () -> RIGHT)).isEqualTo(WRONG);
  }

  @Test
  void keepsWhatAnotherBuildKeepsAtTheSameTime() throws IOException {
    Path second = Files.writeString(directory.resolve("second"), "second");
    FileDigests one = FileDigests.at(memo);
    FileDigests other = FileDigests.at(memo);
    one.know(file, WRONG);
    other.know(second, WRONG);
    one.save();
    other.save();

    FileDigests next = FileDigests.at(memo);
    assertThat(next.of(file)).isEqualTo(WRONG);
    assertThat(next.of(second)).isEqualTo(WRONG);
  }

  @Test
  void writesTheMemoOnlyWhereSomethingIsNew() throws IOException {
    knowWrong(file);
    FileStamp before = FileStamp.of(memo);
    FileDigests next = FileDigests.at(memo);
    next.of(file);
    next.know(file, WRONG);
    next.save();

    assertThat(FileStamp.of(memo)).isEqualTo(before);
  }

  @Test
  void removesWhatKilledBuildsHaveLeft() throws IOException {
    Files.createDirectories(memo.getParent());
    Path left = Files.writeString(memo.resolveSibling("digests.1a2b.partial"), "half");
    FileTimes.age(left, Duration.ofHours(25));
    Path running = Files.writeString(memo.resolveSibling("digests.3c4d.partial"), "half");
    knowWrong(file);

    assertThat(left).doesNotExist();
    assertThat(running).exists();
  }

  @Test
  void servesManyThreads() throws Exception {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      files.add(Files.writeString(directory.resolve("file" + i), "bytes " + i));
    }
    FileDigests digests = later();
    ExecutorService executor = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Digest>> calls = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        Path asked = files.get(i % 50);
        calls.add(
            () -> {
              digests.save();
              return digests.of(asked);
            });
      }
      List<Future<Digest>> answers = executor.invokeAll(calls);
      for (int i = 0; i < 400; i++) {
        assertThat(answers.get(i).get())
            .isEqualTo(Digest.sha256(("bytes " + i % 50).getBytes(UTF_8)));
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private void knowWrong(Path known) throws IOException {
    FileDigests digests = FileDigests.at(memo);
    digests.know(known, WRONG);
    digests.save();
  }

  /** For which all that was written by now lies long back. */
  private FileDigests later() {
    return FileDigests.at(memo, Clock.offset(Clock.systemUTC(), Duration.ofHours(1)));
  }

  private void derive(FileDigests digests, AtomicInteger readings) throws IOException {
    Digest digest =
        digests.derived(
            file,
            "part",
            () -> {
              readings.incrementAndGet();
              return RIGHT;
            });
    assertThat(digest).isEqualTo(RIGHT);
  }
}
