package io.slimimage.docker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Takes a tar from the thread that writes it to the one that sends it, through a small buffer.
 *
 * <p>Other than {@link java.io.PipedInputStream} it tells both sides of the other's failure: a
 * writer that fails makes the reader fail, after bytes that spoil the tar, and never see an end; a
 * reader that goes away frees the writer.
 */
final class UploadPipe {

  private static final int CAPACITY = 256 * 1024;

  /**
   * How many bytes that are no tar follow on one that breaks off. The HTTP client ends the request
   * properly even when its body fails, so an engine would take what it has for the whole, and build
   * from it: this makes it refuse.
   */
  private static final int SPOIL = 128 * 512 + 1;

  private final byte[] buffer = new byte[CAPACITY];
  private final Runnable beforeFailing;
  private int start;
  private int used;
  private long written;
  private int spoiled;
  private boolean ended;
  private boolean abandoned;
  private Throwable failure;

  /**
   * Creates a pipe.
   *
   * @param beforeFailing called by the reading thread before it gets the writer's failure as an
   *     exception
   */
  UploadPipe(Runnable beforeFailing) {
    this.beforeFailing = beforeFailing;
  }

  /** Returns the writer's side. Closing it marks the end of the tar. */
  OutputStream sink() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        put(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        put(bytes, offset, length);
      }

      @Override
      public void close() {
        end();
      }
    };
  }

  /** Returns the reader's side. */
  InputStream source() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        return length == 0 ? 0 : take(bytes, offset, length);
      }
    };
  }

  /** The writer cannot go on. */
  synchronized void fail(Throwable cause) {
    if (!abandoned && failure == null) {
      failure = cause;
    }
    notifyAll();
  }

  /** The reader needs no more: the writer's next write fails. */
  synchronized void abandon() {
    abandoned = true;
    notifyAll();
  }

  /** Returns why the writer failed, or null. */
  synchronized Throwable failure() {
    return failure;
  }

  /** Returns the number of bytes written so far. */
  synchronized long written() {
    return written;
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }

  private synchronized void put(byte[] bytes, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      await(used < CAPACITY);
      if (abandoned) {
        throw new IOException("The engine takes no more");
      }
      int at = (start + used) % CAPACITY;
      int chunk = Math.min(length - done, Math.min(CAPACITY - used, CAPACITY - at));
      System.arraycopy(bytes, offset + done, buffer, at, chunk);
      used += chunk;
      written += chunk;
      done += chunk;
      notifyAll();
    }
  }

  private int take(byte[] bytes, int offset, int length) throws IOException {
    int taken = tryTake(bytes, offset, length);
    if (taken == 0) {
      if (spoiled < SPOIL) {
        int chunk = Math.min(length, SPOIL - spoiled);
        Arrays.fill(bytes, offset, offset + chunk, (byte) 0xff);
        spoiled += chunk;
        return chunk;
      }
      beforeFailing.run();
      throw new IOException("What the engine gets could not be written", failure());
    }
    return taken;
  }

  /** Returns 0 where the writer has failed. */
  private synchronized int tryTake(byte[] bytes, int offset, int length) throws IOException {
    while (used == 0 && !ended && failure == null && !abandoned) {
      await(false);
    }
    if (failure != null || abandoned) {
      return 0;
    }
    if (used == 0) {
      return -1;
    }
    int chunk = Math.min(length, Math.min(used, CAPACITY - start));
    System.arraycopy(buffer, start, bytes, offset, chunk);
    start = (start + chunk) % CAPACITY;
    used -= chunk;
    notifyAll();
    return chunk;
  }

  private synchronized void await(boolean ready) throws IOException {
    if (ready || abandoned) {
      return;
    }
    try {
      wait();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", e);
    }
  }
}
