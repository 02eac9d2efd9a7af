package io.slimimage.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Bytes of a known size that are read only when they are wanted, as often as they are wanted. */
public interface Blob {

  /** Returns the size in bytes. */
  long size();

  /** Opens the bytes; the caller closes the stream. */
  InputStream open() throws IOException;

  /**
   * Opens the bytes for random access; the caller closes the channel.
   *
   * <p>Unless the blob knows better, that is a temporary copy which goes away with the channel.
   */
  default SeekableByteChannel openChannel() throws IOException {
    Path copy = Files.createTempFile("slimimage", null);
    try {
      try (InputStream in = open()) {
        Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
      }
      return Files.newByteChannel(
          copy, StandardOpenOption.READ, StandardOpenOption.DELETE_ON_CLOSE);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(copy);
      throw e;
    }
  }

  /**
   * Returns a part of this blob.
   *
   * @param offset where the part begins, in bytes
   * @param length its size in bytes
   */
  default Blob region(long offset, long length) {
    return new RegionBlob(this, offset, length);
  }

  /**
   * Returns what stands for the bytes in the keys of caches: equal keys mean equal bytes. A blob
   * that is made from others need not be made for it.
   *
   * @param digests knows the digests of files that did not change since an earlier build
   */
  default Digest key(FileDigests digests) throws IOException {
    return Digest.sha256(this);
  }

  /** Returns a blob of bytes in memory. */
  static Blob of(byte[] bytes) {
    return new MemoryBlob(bytes.clone());
  }

  /** Returns a blob of a file's bytes, with the size that the file has now. */
  static Blob of(Path file) {
    try {
      return new FileBlob(file, Files.size(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
