package io.slimimage.it;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.SlimImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SameImageTest {

  @TempDir Path directory;
  private Path first;
  private Path second;

  @BeforeEach
  void writeTwice() throws IOException {
    first = write("first");
    second = write("second");
  }

  @Test
  void isTheSame() {
    assertThatCode(image()::isSame).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"image.digest", "image.id"})
  void differsByItsDigests(String name) throws IOException {
    Files.writeString(second.resolve(name), "sha256:" + "b".repeat(64));

    assertDifferent("  " + name + "\n    - sha256:", "    + sha256:bbbb");
  }

  @Test
  void needsItsDigests() throws IOException {
    Files.writeString(first.resolve("image.digest"), "");
    assertThatThrownBy(image()::isSame)
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("is not a digest");

    Files.delete(first.resolve("image.digest"));
    assertThatThrownBy(image()::isSame).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void differsByAFileOfTheLayout() throws IOException {
    Files.writeString(second.resolve("image/index.json"), "[]");

    assertDifferent("1 of ", " parts of the outputs differ:\n  image/index.json\n    - 2 bytes, ");
  }

  @Test
  void differsByAFileThatOneLayoutHasMore() throws IOException {
    Files.writeString(first.resolve("image/blobs/more"), "");

    assertDifferent("  image/blobs/more\n", "    + is not there\n");
  }

  @Test
  void differsByAnEntryOfTheArchive() throws IOException {
    Files.write(second.resolve("image.tar"), archive(1).bytes());

    assertDifferent(
        "2 of ",
        "  image.tar\n",
        "  image.tar: index.json\n",
        ", 1970-01-01T00:00:00Z\n",
        ", 1970-01-01T00:00:01Z\n");
  }

  @Test
  void differsByBytesOfTheArchiveThatNoEntryHas() throws IOException {
    byte[] tar = archive(0).bytes();
    tar[tar.length - 1] = 1;
    Files.write(second.resolve("image.tar"), tar);

    assertDifferent("1 of ", "  image.tar\n    - sha256:");
  }

  @Test
  void isAnArchiveOrALayoutOrBothInBoth() throws IOException {
    Files.delete(first.resolve("image.tar"));
    assertDifferent("  image.tar\n    - is not there\n");

    Files.delete(second.resolve("image.tar"));
    assertThatCode(image()::isSame).doesNotThrowAnyException();

    for (Path output : new Path[] {first, second}) {
      Files.delete(output.resolve("image/blobs/a"));
      Files.delete(output.resolve("image/blobs"));
      Files.delete(output.resolve("image/index.json"));
      Files.delete(output.resolve("image"));
    }
    assertDifferent("has neither an archive nor a layout");
  }

  private void assertDifferent(String... parts) {
    assertThatThrownBy(image()::isSame)
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll(parts);
  }

  private SameImage image() {
    return SameImage.of(first.toFile(), second.toFile());
  }

  private Path write(String name) throws IOException {
    Path output = directory.resolve(name);
    Files.createDirectories(output.resolve("image/blobs"));
    Files.writeString(output.resolve("image/index.json"), "{}");
    Files.writeString(output.resolve("image/blobs/a"), "a");
    Files.write(output.resolve("image.tar"), archive(0).bytes());
    Files.writeString(output.resolve("image.digest"), "sha256:" + "a".repeat(64) + "\n");
    Files.writeString(output.resolve("image.id"), "sha256:" + "c".repeat(64) + "\n");
    // Tells how long the build took.
    Files.writeString(output.resolve("image.json"), name);
    return output;
  }

  private static MadeLayer archive(long seconds) {
    return new MadeLayer().file("index.json", "{}", entry -> entry.setModTime(seconds * 1_000));
  }
}
