package io.slimimage.blob;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;

/**
 * A part of the input of {@link ParallelGzip}, with all that it takes to compress it: 1.3 MB
 * outside of the heap. To be used again for later parts.
 *
 * <p>The buffers are direct ones. Before JDK 22 a native method that works on an array of the heap
 * keeps the garbage collector waiting, and that keeps the other threads waiting.
 */
final class GzipBlock {

  static final int SIZE = 512 << 10;

  private static final int DICTIONARY = 32 << 10;
  private static final int LEVEL = 6;

  /** For the headers of what cannot be compressed, and for the empty block at the end. */
  private static final int MARGIN = 1 << 10;

  private final Deflater deflater = new Deflater(LEVEL, true);

  /** The end of the part before this, then this part. */
  private final ByteBuffer input = ByteBuffer.allocateDirect(DICTIONARY + SIZE);

  private ByteBuffer output = ByteBuffer.allocateDirect(SIZE + MARGIN);
  private boolean hasDictionary;

  /**
   * Empties the block.
   *
   * @param previous the block before this in the input, which is full; null where there is none
   */
  void start(GzipBlock previous) {
    input.clear();
    hasDictionary = previous != null;
    if (hasDictionary) {
      input.put(previous.input.slice(SIZE, DICTIONARY));
    }
    input.position(DICTIONARY);
  }

  boolean isFull() {
    return !input.hasRemaining();
  }

  /** Takes as many of the bytes as have room, and returns how many those are. */
  int fill(byte[] bytes, int offset, int length) {
    int taken = Math.min(length, input.remaining());
    input.put(bytes, offset, taken);
    return taken;
  }

  /**
   * Compresses the input.
   *
   * @param last whether this is the end of the stream; else it ends at a whole byte, so that
   *     another block can follow
   */
  void compress(boolean last) {
    deflater.reset();
    if (hasDictionary) {
      deflater.setDictionary(input.slice(0, DICTIONARY));
    }
    deflater.setInput(input.slice(DICTIONARY, input.position() - DICTIONARY));
    if (last) {
      deflater.finish();
    }
    int flush = last ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH;
    output.clear();
    deflater.deflate(output, flush);
    while (last ? !deflater.finished() : !output.hasRemaining()) {
      output = ByteBuffer.allocateDirect(output.capacity() * 2).put(output.flip());
      deflater.deflate(output, flush);
    }
    output.flip();
  }

  /** Writes what {@link #compress} has made, piece by piece. */
  void writeTo(OutputStream out, byte[] piece) throws IOException {
    while (output.hasRemaining()) {
      int length = Math.min(piece.length, output.remaining());
      output.get(piece, 0, length);
      out.write(piece, 0, length);
    }
  }

  /** Gives the native memory of the compression back. */
  void end() {
    deflater.end();
  }
}
