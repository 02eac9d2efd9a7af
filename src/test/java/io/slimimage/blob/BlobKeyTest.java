package io.slimimage.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys of blobs, and that those of files and their parts are kept. */
class BlobKeyTest {

  @TempDir Path directory;

  @Test
  void areTheDigestsOfTheBytes() throws IOException {
    byte[] bytes = "some bytes".getBytes(UTF_8);
    Path file = Files.write(directory.resolve("file"), bytes);
    FileDigests digests = FileDigests.unkept();
    Blob part = Blob.of("bytes".getBytes(UTF_8));

    for (Blob blob : List.of(Blob.of(bytes), Blob.of(file))) {
      assertThat(blob.key(digests)).isEqualTo(Digest.sha256(bytes));
      assertThat(blob.region(5, 5).key(digests)).isEqualTo(part.key(digests));
      assertThat(blob.region(3, 7).region(2, 5).key(digests)).isEqualTo(part.key(digests));
    }
  }

  /** The jars that lie in a packaged jar, for instance. */
  @Test
  void ofPartsOfAFileAreKept() throws IOException {
    Path memo = directory.resolve("digests");
    Path file = Files.writeString(directory.resolve("file"), "some bytes");
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));
    FileDigests digests = FileDigests.at(memo, later);
    Digest some = Blob.of(file).region(0, 4).key(digests);
    Digest bytes = Blob.of(file).region(5, 5).key(digests);
    digests.save();

    assertThat(Files.readString(memo))
        .contains(some + " " + FileStamp.of(file) + " " + file + "\\0region 0 4\n")
        .contains(bytes + " " + FileStamp.of(file) + " " + file + "\\0region 5 5\n");
    FileTimes.awaitTick(file);
    Files.writeString(file, "more bytes");
    assertThat(Blob.of(file).region(0, 4).key(FileDigests.at(memo, later)))
        .isEqualTo(Digest.sha256("more".getBytes(UTF_8)));
  }

  @Test
  void ofACopyAreThoseOfTheFileOnlyWhereTheBytesAreEqual() throws IOException {
    byte[] large = new byte[200_000];
    large[199_999] = 1;
    Path twin = Files.write(directory.resolve("twin"), large);
    FileDigests digests = FileDigests.unkept();
    Digest key = new TwinBlob(Blob.of(large), twin).key(digests);

    assertThat(key).isEqualTo(Digest.sha256(large));
    for (int size : List.of(0, 199_999, 200_000, 200_001)) {
      byte[] other = new byte[size];
      assertThat(new TwinBlob(Blob.of(other), twin).key(digests)).isEqualTo(Digest.sha256(other));
    }
  }
}
