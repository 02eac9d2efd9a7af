package io.slimimage.elf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;

/** The bytes of an ELF file, of which only the parts that somebody asks for are read. */
final class ElfBytes {

  /** Longer than any path or version; a longer text has lost its end. */
  private static final int LONGEST_TEXT = 1 << 14;

  private static final int FIRST_READ = 128;

  private final SeekableByteChannel channel;
  private final long size;
  private final ByteOrder order;

  ElfBytes(SeekableByteChannel channel, ByteOrder order) throws IOException {
    this.channel = channel;
    this.size = channel.size();
    this.order = order;
  }

  long size() {
    return size;
  }

  ByteOrder order() {
    return order;
  }

  /**
   * Reads a part of the file.
   *
   * @param what the part's name for the error message
   * @throws DamagedElfException if it is not all inside the file
   */
  ByteBuffer read(long offset, int length, String what) throws IOException {
    if (offset < 0 || offset > size - length) {
      throw new DamagedElfException(
          what
              + " at byte "
              + Long.toUnsignedString(offset)
              + " is outside of its "
              + size
              + " bytes");
    }
    ByteBuffer buffer = ByteBuffer.allocate(length).order(order);
    channel.position(offset);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new DamagedElfException(what + " ends early");
      }
    }
    return buffer.flip();
  }

  /** Reads a text that ends with a zero byte before the limit, an offset in the file. */
  String text(long offset, long limit, String what) throws IOException {
    long end = Math.min(limit, size);
    for (int length = FIRST_READ; ; length = Math.min(2 * length, LONGEST_TEXT)) {
      int available = (int) Math.max(0, Math.min(length, end - offset));
      byte[] bytes = read(offset, available, what).array();
      for (int i = 0; i < available; i++) {
        if (bytes[i] == 0) {
          return new String(bytes, 0, i, StandardCharsets.UTF_8);
        }
      }
      if (available < LONGEST_TEXT && available == length) {
        continue;
      }
      throw new DamagedElfException(what + " has no end");
    }
  }
}
