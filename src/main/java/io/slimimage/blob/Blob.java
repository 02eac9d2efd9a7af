package io.slimimage.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Bytes of a known size that are read only when they are wanted, as often as they are wanted. */
public interface Blob {

  /** Returns the size in bytes. */
  long size();

  /** Opens the bytes; the caller closes the stream. */
  InputStream open() throws IOException;

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
