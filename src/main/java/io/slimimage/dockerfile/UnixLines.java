package io.slimimage.dockerfile;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Leaves out the carriage return before a line feed. */
final class UnixLines extends FilterInputStream {

  private static final int NOTHING = -2;

  private int pending = NOTHING;

  UnixLines(InputStream in) {
    super(new BufferedInputStream(in));
  }

  @Override
  public int read() throws IOException {
    int c = pending == NOTHING ? in.read() : pending;
    pending = NOTHING;
    if (c != '\r') {
      return c;
    }
    pending = in.read();
    if (pending != '\n') {
      return '\r';
    }
    pending = NOTHING;
    return '\n';
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int n = 0;
    while (n < length) {
      int c = read();
      if (c < 0) {
        break;
      }
      buffer[offset + n++] = (byte) c;
    }
    return n == 0 && length > 0 ? -1 : n;
  }
}
