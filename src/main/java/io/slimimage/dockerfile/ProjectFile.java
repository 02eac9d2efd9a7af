package io.slimimage.dockerfile;

import io.slimimage.blob.Blob;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of the project as it was when the project was scanned; reading it later fails where it has
 * vanished or has another size, since the size stands in the header before the bytes.
 *
 * @param file the file
 * @param size the size in bytes that the scan saw, or that the conversion leaves
 * @param unixLines whether CRLF becomes LF
 */
record ProjectFile(Path file, long size, boolean unixLines) implements Blob {

  private static final int BUFFER = 1 << 16;

  /** Returns a file as it is. */
  static ProjectFile asIs(Path file, long size) {
    return new ProjectFile(file, size, false);
  }

  /** Returns a file with Unix line ends; it is read once to learn its size. */
  static ProjectFile withUnixLines(Path file) {
    try (InputStream in = new UnixLines(Files.newInputStream(file))) {
      return new ProjectFile(file, in.transferTo(OutputStream.nullOutputStream()), true);
    } catch (IOException e) {
      throw ReadFailure.of(file, e);
    }
  }

  @Override
  public InputStream open() {
    try {
      InputStream in = Files.newInputStream(file);
      return new ExactSize(unixLines ? new UnixLines(in) : in);
    } catch (IOException e) {
      throw ReadFailure.of(file, e);
    }
  }

  /** Fails where there are more or fewer bytes than announced. */
  private final class ExactSize extends FilterInputStream {

    private long left = size;

    ExactSize(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n;
      try {
        n = super.read(buffer, offset, Math.min(length, BUFFER));
      } catch (IOException e) {
        throw ReadFailure.of(file, e);
      }
      if (n < 0 ? left > 0 : n > left) {
        throw ReadFailure.changed(file, size);
      }
      left -= Math.max(n, 0);
      return n;
    }
  }
}
