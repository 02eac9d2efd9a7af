package io.slimimage.base;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Bytes that one thread reads while another one still makes them. Unlike the JDK's piped streams it
 * neither copies them twice nor waits by looking again and again.
 */
final class Handover extends InputStream {

  private static final int CHUNK = 1 << 16;

  /** How far ahead the one who makes the bytes may be. */
  private static final int MOST_CHUNKS = 16;

  private final BlockingQueue<byte[]> chunks = new ArrayBlockingQueue<>(MOST_CHUNKS);

  /** Those that were read, to be filled again. */
  private final Queue<byte[]> spare = new ArrayBlockingQueue<>(MOST_CHUNKS);

  /** What is read now; an empty one is the end. */
  private byte[] chunk = new byte[1];

  private int at = 1;

  /** Hands over all bytes of a stream, and their end. */
  void putAll(InputStream in) throws IOException {
    int read;
    do {
      byte[] used = spare.poll();
      byte[] next = used == null ? new byte[CHUNK] : used;
      read = in.readNBytes(next, 0, CHUNK);
      put(read == CHUNK ? next : Arrays.copyOf(next, read));
    } while (read > 0);
  }

  private void put(byte[] next) throws InterruptedIOException {
    try {
      chunks.put(next);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while a layer was read");
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length > 0 && at == chunk.length && chunk.length > 0) {
      next();
    }
    int read = Math.min(length, chunk.length - at);
    System.arraycopy(chunk, at, buffer, offset, read);
    at += read;
    return read == 0 && length > 0 ? -1 : read;
  }

  private void next() throws InterruptedIOException {
    byte[] used = chunk;
    try {
      chunk = chunks.take();
    } catch (InterruptedException e) {
      throw interrupted();
    }
    at = 0;
    if (used.length == CHUNK) {
      spare.offer(used);
    }
  }
}
