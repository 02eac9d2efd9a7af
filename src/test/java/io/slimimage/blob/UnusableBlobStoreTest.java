package io.slimimage.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cache directories that are of no use. */
class UnusableBlobStoreTest {

  private static final Blob BLOB = Blob.of(new byte[] {1, 2, 3});

  @TempDir Path directory;

  @Test
  void saysThatAFileIsWhereTheDirectoryShouldBe() throws IOException {
    Path cache = Files.writeString(directory.resolve("cache"), "a file");

    assertUnusable(cache, () -> put(cache, BLOB), "irectory");
    assertUnusable(cache, () -> put(cache.resolve("blobs"), BLOB), "irectory");
    assertUnusable(cache, () -> store(cache).write(), "irectory");
    assertUnusable(cache, () -> store(cache).prune(0), "irectory");
    assertThat(cache).hasContent("a file");
  }

  @Test
  void saysThatAFileIsWhereTheBlobsShouldBe() throws IOException {
    Path blobs = Files.writeString(directory.resolve("sha256"), "a file");

    assertUnusable(directory, () -> put(directory, BLOB), "irectory");
    assertUnusable(
        directory,
        () -> {
          try (BlobWriter writer = store(directory).write()) {
            writer.commit();
          }
        },
        "irectory");
    assertThat(blobs).hasContent("a file");
    assertThat(directory.resolve("partial"))
        .satisfiesAnyOf(
            partial -> assertThat(partial).doesNotExist(),
            partial -> assertThat(partial).isEmptyDirectory());
  }

  @Test
  void saysThatTheDirectoryCannotBeWritten() throws IOException {
    assumeTrue(Files.getFileStore(directory).supportsFileAttributeView("posix"), "no permissions");
    Path cache = Files.createDirectory(directory.resolve("cache"));
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeTrue(!Files.isWritable(cache), "root writes everywhere");

    assertUnusable(cache, () -> put(cache, BLOB), "is denied");
  }

  @Test
  void saysThatTheFileSystemIsReadOnly() throws Exception {
    Path cache = mount("ro,size=1m");
    try {
      assertUnusable(cache, () -> put(cache, BLOB), "Read-only file system");
    } finally {
      run("umount", cache.toString());
    }
  }

  @Test
  void keepsNothingWhereTheDiskIsFull() throws Exception {
    Path cache = mount("size=1m");
    byte[] bytes = new byte[3 << 20];
    new Random(1).nextBytes(bytes);
    try {
      StoredBlob small = put(cache, BLOB);
      assertUnusable(cache, () -> put(cache, Blob.of(bytes)), "No space left on device");
      assertUnusable(
          cache,
          () -> {
            try (BlobWriter writer = store(cache).write()) {
              for (int i = 0; i < bytes.length; i++) {
                writer.write(bytes[i]);
              }
            }
          },
          "No space left on device");

      assertThat(cache.resolve("partial")).isEmptyDirectory();
      try (var blobs = Files.list(cache.resolve("sha256"))) {
        assertThat(blobs).containsExactly(small.file());
      }
      assertThat(store(cache).find(small.digest())).isPresent();
    } finally {
      run("umount", cache.toString());
    }
  }

  private static void assertUnusable(Path cache, ThrowingCallable use, String reason) {
    assertThatThrownBy(use)
        .isInstanceOf(CacheException.class)
        .hasMessageContainingAll(
            "The cache [" + cache,
            "cannot be used",
            reason,
            "perhaps you should",
            "slimimage.cache")
        .satisfies(failure -> assertThat(failure.getMessage()).hasLineCount(1));
  }

  private static StoredBlob put(Path cache, Blob blob) throws IOException {
    return store(cache).put(blob, Digest.sha256(blob));
  }

  private static BlobStore store(Path cache) {
    return new BlobStore(cache, FileDigests.unkept());
  }

  private Path mount(String options) throws Exception {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "no Linux");
    Path disk = Files.createDirectory(directory.resolve("disk"));
    if (run("mount", "-t", "tmpfs", "-o", options, "tmpfs", disk.toString()) != 0) {
      abort("only root may mount a small disk");
    }
    return disk;
  }

  private static int run(String... command) throws Exception {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
