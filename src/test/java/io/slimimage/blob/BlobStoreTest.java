package io.slimimage.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.slimimage.SlimImageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlobStoreTest {

  private static final byte[] BYTES = bytes(200_000);
  private static final Digest DIGEST = Digest.sha256(BYTES);

  @TempDir Path directory;

  private Path cache;
  private Path memo;
  private FileDigests digests;
  private BlobStore store;

  @BeforeEach
  void openStore() {
    cache = directory.resolve("cache/blobs");
    memo = directory.resolve("digests");
    digests = FileDigests.at(memo);
    store = new BlobStore(cache, digests);
  }

  @Test
  void keepsWhatIsCommitted() throws IOException {
    StoredBlob written;
    try (BlobWriter writer = store.write()) {
      writer.write(BYTES[0]);
      writer.write(BYTES, 1, BYTES.length - 1);
      assertThat(store.find(DIGEST)).isEmpty();
      written = writer.commit();
    }

    assertThat(written.digest()).isEqualTo(DIGEST);
    assertThat(written.size()).isEqualTo(BYTES.length);
    assertThat(written.file()).isEqualTo(cache.resolve("sha256").resolve(DIGEST.hex()));
    assertThat(store.find(DIGEST)).contains(written);
    assertThat(written.open()).hasBinaryContent(BYTES);
    assertThat(cache.resolve("partial")).isEmptyDirectory();
  }

  @Test
  void keepsNothingThatIsNotCommitted() throws IOException {
    try (BlobWriter writer = store.write()) {
      writer.write(BYTES);
    }

    assertThat(store.find(DIGEST)).isEmpty();
    assertThat(cache.resolve("partial")).isEmptyDirectory();
    assertThat(cache.resolve("sha256")).doesNotExist();
  }

  @Test
  void keepsTheEmptyBlob() throws IOException {
    StoredBlob empty = put(new byte[0]);

    assertThat(store.find(empty.digest())).contains(empty);
    assertThat(empty.open()).isEmpty();
  }

  @Test
  void letsEverybodyReadBlobs() throws IOException {
    assumeTrue(Files.getFileStore(directory).supportsFileAttributeView("posix"), "no permissions");
    StoredBlob blob = put(BYTES);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(blob.file())))
        .isEqualTo("rw-r--r--");
  }

  @Test
  void knowsNoOtherDigests() throws IOException {
    put(BYTES);

    assertThat(store.find(Digest.sha256(new byte[1]))).isEmpty();
    assertThat(store.find(new Digest("sha512", "0".repeat(128)))).isEmpty();
  }

  @Test
  void refusesOtherBytesThanExpected() throws IOException {
    assertThatThrownBy(() -> store.put(Blob.of(new byte[9]), DIGEST))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContainingAll(DIGEST.toString(), Digest.sha256(new byte[9]).toString());
    assertThat(store.find(DIGEST)).isEmpty();
    assertThat(store.find(Digest.sha256(new byte[9]))).isEmpty();
    assertThat(cache.resolve("partial")).isEmptyDirectory();
  }

  @Test
  void refusesDigestsThatItDoesNotCheck() {
    Digest sha512 = new Digest("sha512", "0".repeat(128));
    assertThatThrownBy(() -> store.put(Blob.of(BYTES), sha512))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContainingAll("[" + sha512 + "]", "perhaps you should", "sha256");
  }

  @Test
  void keepsTheFileThatIsThere() throws IOException {
    StoredBlob first = put(BYTES);
    FileStamp before = FileStamp.of(first.file());
    FileTimes.awaitTick(first.file());
    put(BYTES);
    try (BlobWriter writer = store.write()) {
      writer.write(BYTES);
      assertThat(writer.commit()).isEqualTo(first);
    }

    assertThat(FileStamp.of(first.file())).isEqualTo(before);
    assertThat(cache.resolve("partial")).isEmptyDirectory();
  }

  @Test
  void knowsWhatItHasWritten() throws IOException {
    StoredBlob blob = put(BYTES);
    digests.save();

    assertThat(Files.readString(memo))
        .contains(DIGEST + " " + FileStamp.of(blob.file()) + " " + blob.file());
  }

  /** Its other bytes would be noticed if they were read. */
  @Test
  void doesNotReadWhatIsInTheMemo() throws IOException {
    Path file = cache.resolve("sha256").resolve(DIGEST.hex());
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[BYTES.length]);
    digests.know(file, DIGEST);
    digests.save();

    assertThat(new BlobStore(cache, FileDigests.at(memo)).find(DIGEST)).isPresent();
    assertThat(new BlobStore(cache, FileDigests.unkept()).find(DIGEST)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"first", "middle", "last", "cut", "empty", "longer", "zeros", "other"})
  void healsADamagedBlob(String damage) throws IOException {
    Path file = put(BYTES).file();
    digests.save();
    damage(file, damage);
    BlobStore next = new BlobStore(cache, FileDigests.at(memo));

    assertThat(next.find(DIGEST)).isEmpty();
    assertThat(file).doesNotExist();
    assertThat(next.put(Blob.of(BYTES), DIGEST).open()).hasBinaryContent(BYTES);
    assertThat(next.find(DIGEST)).isPresent();
  }

  @Test
  void healsABlobThatIsADirectory() throws IOException {
    Files.createDirectories(cache.resolve("sha256").resolve(DIGEST.hex()));

    assertThat(put(BYTES).open()).hasBinaryContent(BYTES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"first", "middle", "last", "cut", "empty", "longer", "zeros"})
  void noticesDamageWhileABlobIsRead(String damage) throws IOException {
    StoredBlob blob = put(BYTES);
    damage(blob.file(), damage);

    assertThatThrownBy(() -> readWhole(blob))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContainingAll("[" + blob.file() + "] is damaged and was removed", "build again");
    assertThat(blob.file()).doesNotExist();
  }

  /** As who writes a tar does, where the size stands in front. */
  @ParameterizedTest
  @ValueSource(strings = {"first", "middle", "last", "zeros"})
  void noticesDamageBeforeTheLastByteIsOut(String damage) throws IOException {
    StoredBlob blob = put(BYTES);
    damage(blob.file(), damage);

    try (InputStream in = blob.open()) {
      assertThatThrownBy(() -> in.readNBytes(BYTES.length))
          .isInstanceOf(SlimImageException.class)
          .hasMessageContaining("is damaged");
    }
  }

  @Test
  void noticesBytesAfterTheLast() throws IOException {
    StoredBlob blob = put(BYTES);
    damage(blob.file(), "longer");

    try (InputStream in = blob.open()) {
      assertThat(in.readNBytes(BYTES.length)).isEqualTo(BYTES);
      assertThatThrownBy(in::read)
          .isInstanceOf(SlimImageException.class)
          .hasMessageContaining("is damaged");
    }
  }

  @Test
  void letsABlobBeReadInPart() throws IOException {
    StoredBlob blob = put(BYTES);
    try (InputStream in = blob.open()) {
      assertThat(in.read()).isEqualTo(Byte.toUnsignedInt(BYTES[0]));
      in.skipNBytes(BYTES.length - 2);
      assertThat(in.read()).isEqualTo(Byte.toUnsignedInt(BYTES[BYTES.length - 1]));
      assertThat(in.read()).isEqualTo(-1);
      assertThat(in.read()).isEqualTo(-1);
    }
    assertThat(blob.region(7, 5).open()).hasBinaryContent(Arrays.copyOfRange(BYTES, 7, 12));
  }

  @Test
  void saysThatABlobIsGone() throws IOException {
    StoredBlob blob = put(BYTES);
    Files.delete(blob.file());

    assertThatThrownBy(blob::open)
        .isInstanceOf(SlimImageException.class)
        .hasMessageContainingAll("[" + blob.file() + "] was removed", "build again");
    assertThatThrownBy(() -> store.linkOrCopy(blob, directory.resolve("copy")))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("[" + blob.file() + "] was removed");
  }

  @Test
  void linksABlob() throws IOException {
    StoredBlob blob = put(BYTES);
    Path target = Files.writeString(directory.resolve("layout"), "old");
    store.linkOrCopy(blob, target);
    digests.save();

    assertThat(Files.isSameFile(blob.file(), target)).isTrue();
    // Both are in the memo as they are now, so that the next build reads neither.
    assertThat(Files.readString(memo))
        .contains(DIGEST + " " + FileStamp.of(blob.file()) + " " + blob.file())
        .contains(DIGEST + " " + FileStamp.of(target) + " " + target);
  }

  @Test
  void copiesABlobToAnotherDisk() throws IOException {
    Path shm = Path.of("/dev/shm");
    assumeTrue(
        Files.isWritable(shm) && !Files.getFileStore(shm).equals(Files.getFileStore(directory)),
        "no other disk");
    Path disk = Files.createTempDirectory(shm, "slimimage");
    Path target = disk.resolve("copy");
    try {
      StoredBlob blob = put(BYTES);
      store.linkOrCopy(blob, target);
      digests.save();

      assertThat(target).hasBinaryContent(BYTES);
      assertThat(Files.isSameFile(blob.file(), target)).isFalse();
      assertThat(Files.readString(memo)).contains(DIGEST + " " + FileStamp.of(target));
    } finally {
      Files.deleteIfExists(target);
      Files.delete(disk);
    }
  }

  @Test
  void linksNothingThatIsDamaged() throws IOException {
    StoredBlob blob = put(BYTES);
    damage(blob.file(), "middle");

    assertThatThrownBy(() -> store.linkOrCopy(blob, directory.resolve("layout")))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("[" + blob.file() + "] is damaged");
    assertThat(directory.resolve("layout")).doesNotExist();
    assertThat(blob.file()).doesNotExist();
  }

  @Test
  void takesALinkForTheDirectory() throws IOException {
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), elsewhere);
    store = new BlobStore(link, digests);
    put(BYTES);

    assertThat(new BlobStore(elsewhere, digests).find(DIGEST)).isPresent();
  }

  private StoredBlob put(byte[] bytes) throws IOException {
    return store.put(Blob.of(bytes), Digest.sha256(bytes));
  }

  private static void damage(Path file, String damage) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    switch (damage) {
      case "first" -> bytes[0] ^= 1;
      case "middle" -> bytes[bytes.length / 2] ^= 1;
      case "last" -> bytes[bytes.length - 1] ^= 1;
      case "cut" -> bytes = Arrays.copyOf(bytes, bytes.length - 1);
      case "empty" -> bytes = new byte[0];
      case "longer" -> bytes = Arrays.copyOf(bytes, bytes.length + 1);
      case "zeros" -> bytes = new byte[bytes.length];
      default -> {
        FileTimes.awaitTick(file);
        Path other = Files.write(file.resolveSibling("other"), bytes);
        Files.writeString(other, "x", StandardOpenOption.APPEND);
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
        Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        return;
      }
    }
    FileTimes.overwriteUnseen(file, bytes);
  }

  private static void readWhole(Blob blob) throws IOException {
    try (InputStream in = blob.open()) {
      in.readAllBytes();
    }
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
