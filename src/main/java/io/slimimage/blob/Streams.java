package io.slimimage.blob;

import java.io.IOException;
import java.io.InputStream;

/** Reading to the end, one buffer at a time. */
final class Streams {

  static final int BUFFER = 1 << 16;

  /** Takes a part of a buffer. */
  @FunctionalInterface
  interface Sink {
    void accept(byte[] buffer, int offset, int length) throws IOException;
  }

  private Streams() {}

  /** Hands everything that is left to the sink, and returns how many bytes that were. */
  static long forEachBuffer(InputStream in, Sink sink) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long total = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      sink.accept(buffer, 0, read);
      total += read;
    }
    return total;
  }
}
