package io.slimimage.blob;

import io.slimimage.SlimImageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A blob in a {@link BlobStore}.
 *
 * @param digest of its bytes
 * @param file where it is, to be read only
 * @param size in bytes
 */
public record StoredBlob(Digest digest, Path file, long size) implements Blob {

  /**
   * Opens the bytes. Whoever reads them all gets those of the digest, or a failure before the last
   * of them, which also removes the file.
   *
   * @throws SlimImageException if the file was removed; reading throws it if the file is damaged
   */
  @Override
  public InputStream open() throws IOException {
    try {
      return new VerifiedInputStream(Files.newInputStream(file), this);
    } catch (NoSuchFileException e) {
      throw missing(e);
    }
  }

  /** Opens the bytes as they are in the file, which was verified when the blob was found. */
  @Override
  public SeekableByteChannel openChannel() throws IOException {
    return Files.newByteChannel(file);
  }

  @Override
  public Digest key(FileDigests digests) {
    return digest;
  }

  SlimImageException missing(NoSuchFileException e) {
    return new SlimImageException(
        SlimImageException.advise(
            "The cached blob [" + file + "] was removed during the build", "build again"),
        e);
  }

  /** Removes the file, so that the next build makes a new one. */
  SlimImageException damaged() {
    String removed = " and was removed";
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      removed = ", and cannot be removed (" + e + ")";
    }
    return new SlimImageException(
        SlimImageException.advise(
            "The cached blob [" + file + "] is damaged" + removed, "build again"));
  }
}
