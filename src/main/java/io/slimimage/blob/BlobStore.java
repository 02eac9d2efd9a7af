package io.slimimage.blob;

import io.slimimage.SlimImageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Blobs by their digest, in files that builds in threads, class loaders and processes share. A blob
 * appears by one renaming when it is complete, and one whose bytes are not those of its digest is
 * removed when it is asked for.
 *
 * <p>Nothing is forced to the disk, since that would take longer than most blobs take to make.
 * After a power cut a file may have its name and lack bytes. The file systems that are in use write
 * the bytes before they write the size, so it is then shorter than the memo of digests says, and is
 * read again; and who reads a blob to its end verifies it in any case.
 *
 * <p>Where the directory cannot be used, every method throws {@link CacheException}.
 */
public final class BlobStore {

  private static final String ALGORITHM = "sha256";
  private static final String PARTIAL = "partial";
  private static final int ATTEMPTS = 5;
  private static final int PAUSE_MILLIS = 20;

  private final Path directory;
  private final FileDigests digests;
  private final LastUse lastUse;

  /**
   * Opens a store.
   *
   * @param directory where the blobs are, as {@code sha256/<hex>}; need not exist
   * @param digests knows which blobs were verified before
   */
  public BlobStore(Path directory, FileDigests digests) {
    this.directory = directory.toAbsolutePath();
    this.digests = digests;
    this.lastUse = new LastUse(this.directory.resolve("used"));
  }

  /** Returns the blob, verified, or nothing where it is missing or was damaged. */
  public Optional<StoredBlob> find(Digest digest) throws IOException {
    if (!digest.algorithm().equals(ALGORITHM)) {
      return Optional.empty();
    }
    Path file = file(digest);
    try {
      if (isSound(file, digest)) {
        lastUse.mark(file);
        return Optional.of(new StoredBlob(digest, file, Files.size(file)));
      }
      Files.deleteIfExists(file);
      return Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Starts a blob whose digest comes out at its end; to be closed in any case. */
  public BlobWriter write() throws IOException {
    try {
      Path partial = PartialFiles.create(directory.resolve(PARTIAL), "blob");
      setReadable(partial);
      return new BlobWriter(this, partial);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /**
   * Stores bytes, unless they are there.
   *
   * @param expected the digest that they must have, a SHA-256
   * @throws SlimImageException if they have another one
   */
  public StoredBlob put(Blob blob, Digest expected) throws IOException {
    if (!expected.algorithm().equals(ALGORITHM)) {
      throw new SlimImageException(
          SlimImageException.advise(
              "The digest [" + expected + "] is of a kind that cannot be checked yet",
              "use an image whose digests are " + ALGORITHM));
    }
    Optional<StoredBlob> there = find(expected);
    if (there.isPresent()) {
      return there.get();
    }
    try (BlobWriter writer = write();
        InputStream in = blob.open()) {
      Streams.forEachBuffer(in, writer::write);
      Digest digest = writer.digest();
      if (!digest.equals(expected)) {
        throw new SlimImageException(
            SlimImageException.advise(
                "Bytes that should have the digest [" + expected + "] have [" + digest + "]",
                "get them again from where they came from"));
      }
      return writer.commit(digest);
    }
  }

  /**
   * Stores bytes that take long to get, unless they are there: of several that want them at the
   * same time one gets them, and the others wait.
   *
   * @param expected the digest that they must have, a SHA-256
   * @throws SlimImageException if they have another one
   */
  public StoredBlob putOnce(Blob blob, Digest expected) throws IOException {
    Path turns = directory.resolve(PARTIAL);
    Turn turn = Turn.take(turns.resolve(expected.hex() + ".turn" + PartialFiles.SUFFIX));
    try {
      return put(blob, expected);
    } finally {
      turn.end();
    }
  }

  /**
   * Puts a blob into a file of that name, which is replaced: as another name of the same file where
   * that is possible, else as a copy. Neither file has to be read by the next build.
   *
   * @param target in a directory that exists; not to be written to afterwards
   * @throws SlimImageException if the blob is damaged
   */
  public void linkOrCopy(StoredBlob blob, Path target) throws IOException {
    try {
      if (!isSound(blob.file(), blob.digest())) {
        throw blob.damaged();
      }
    } catch (NoSuchFileException e) {
      throw blob.missing(e);
    }
    Files.deleteIfExists(target);
    try {
      Files.createLink(target, blob.file());
      // One name more is a change of the file itself.
      digests.know(blob.file(), blob.digest());
    } catch (UnsupportedOperationException | FileSystemException e) {
      // Another disk, or somebody else's file.
      copy(blob, target);
    }
    digests.know(target, blob.digest());
  }

  /**
   * Removes blobs until the rest is no larger than asked for, those first that were not used for
   * the longest time. What was used within the last hour stays, since another build may be about to
   * read it.
   *
   * @param limit in bytes
   */
  public void prune(long limit) throws IOException {
    try {
      PartialFiles.removeOld(directory.resolve(PARTIAL));
      new BlobPruning(directory.resolve(ALGORITHM), lastUse).run(limit);
    } catch (NoSuchFileException e) {
      // Nothing was ever stored.
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Gives a complete file its name, unless another build was faster. */
  StoredBlob add(Path partial, StoredBlob blob) throws IOException {
    PartialFiles.createDirectory(blob.file().getParent());
    for (int attempt = 1; ; attempt++) {
      Optional<StoredBlob> there = find(blob.digest());
      if (there.isPresent()) {
        Files.deleteIfExists(partial);
        return there.get();
      }
      try {
        Files.move(partial, blob.file(), StandardCopyOption.ATOMIC_MOVE);
        digests.know(blob.file(), blob.digest());
        return blob;
      } catch (FileSystemException e) {
        // On Windows, who reads a file keeps it from being renamed: a virus scanner, for instance.
        if (attempt == ATTEMPTS) {
          throw e;
        }
        pause(attempt);
      }
    }
  }

  Path file(Digest digest) {
    return directory.resolve(digest.algorithm()).resolve(digest.hex());
  }

  /** Returns what to throw where the directory is to blame, not somebody who ends the build. */
  CacheException unusable(IOException e) throws IOException {
    if (e instanceof InterruptedIOException || e instanceof ClosedByInterruptException) {
      throw e;
    }
    return new CacheException(directory, e);
  }

  private static void pause(int attempt) throws InterruptedIOException {
    try {
      Thread.sleep((long) attempt * PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a blob was stored");
    }
  }

  private boolean isSound(Path file, Digest digest) throws IOException {
    return (Files.isRegularFile(file) || !Files.exists(file)) && digests.of(file).equals(digest);
  }

  private static void copy(StoredBlob blob, Path target) throws IOException {
    boolean whole = false;
    try (InputStream in = blob.open()) {
      Files.copy(in, target);
      setReadable(target);
      whole = true;
    } finally {
      if (!whole) {
        Files.deleteIfExists(target);
      }
    }
  }

  /** For everybody, whatever the umask: others may load an image that has the file. */
  private static void setReadable(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }
  }
}
