package io.slimimage.docker;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;

/**
 * Ends when the reading thread is interrupted, which a socket does not notice, and a channel only
 * while it waits.
 */
final class InterruptibleStream extends FilterInputStream {

  /** The thread was interrupted; it still is. */
  static final class InterruptedRead extends IOException {
    private static final long serialVersionUID = 1;
  }

  InterruptibleStream(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    check();
    try {
      return super.read();
    } catch (ClosedByInterruptException e) {
      throw new InterruptedRead();
    }
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    check();
    try {
      return super.read(buffer, offset, length);
    } catch (ClosedByInterruptException e) {
      throw new InterruptedRead();
    }
  }

  private static void check() throws InterruptedRead {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedRead();
    }
  }
}
