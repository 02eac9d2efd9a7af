package io.slimimage.elf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * The header of an ELF file.
 *
 * @param bytes the file
 * @param wide whether it is a 64-bit file
 * @param type such as {@link #EXECUTABLE} and {@link #SHARED}
 * @param segments where its program headers are
 * @param sections where its section headers are
 * @param names the number of the section with the names of the sections
 */
record ElfHeader(
    ElfBytes bytes,
    boolean wide,
    int type,
    int machine,
    Table segments,
    Table sections,
    int names) {

  static final int EXECUTABLE = 2;
  static final int SHARED = 3;

  private static final int IDENT = 16;
  private static final int CLASS = 4;
  private static final int DATA = 5;

  /**
   * A table of equally long entries.
   *
   * @param offset where it begins, in bytes of the file
   * @param entry the length of an entry in bytes
   */
  record Table(long offset, int entry, int count) {}

  static ElfHeader read(SeekableByteChannel channel) throws IOException {
    ByteBuffer ident =
        new ElfBytes(channel, ByteOrder.LITTLE_ENDIAN).read(0, IDENT, "its identification");
    ByteOrder order =
        switch (ident.get(DATA)) {
          case 1 -> ByteOrder.LITTLE_ENDIAN;
          case 2 -> ByteOrder.BIG_ENDIAN;
          default -> throw new DamagedElfException("its byte order is unknown");
        };
    ElfBytes bytes = new ElfBytes(channel, order);
    return switch (ident.get(CLASS)) {
      case 1 -> parse(bytes, false, bytes.read(0, 52, "its header"));
      case 2 -> parse(bytes, true, bytes.read(0, 64, "its header"));
      default -> throw new DamagedElfException("it is of neither 32 nor 64 bits");
    };
  }

  private static ElfHeader parse(ElfBytes bytes, boolean wide, ByteBuffer header) {
    int sizes = wide ? 54 : 42;
    return new ElfHeader(
        bytes,
        wide,
        u16(header, 16),
        u16(header, 18),
        new Table(word(header, wide, wide ? 32 : 28), u16(header, sizes), u16(header, sizes + 2)),
        new Table(
            word(header, wide, wide ? 40 : 32), u16(header, sizes + 4), u16(header, sizes + 6)),
        u16(header, sizes + 8));
  }

  /** Reads the program headers. */
  List<ElfSegment> readSegments() throws IOException {
    ByteBuffer table = read(segments, wide ? 56 : 32, "its table of segments");
    List<ElfSegment> all = new ArrayList<>(segments.count());
    for (int i = 0; i < segments.count(); i++) {
      int at = i * segments.entry();
      all.add(
          new ElfSegment(
              table.getInt(at),
              word(table, wide, at + (wide ? 8 : 4)),
              word(table, wide, at + (wide ? 16 : 8)),
              word(table, wide, at + (wide ? 32 : 16))));
    }
    return all;
  }

  /**
   * Reads a whole table.
   *
   * @param least the length that an entry has at least, in bytes
   */
  ByteBuffer read(Table table, int least, String what) throws IOException {
    if (table.count() > 0 && table.entry() < least) {
      throw new DamagedElfException(what + " has entries of " + table.entry() + " bytes");
    }
    long length = (long) table.entry() * table.count();
    if (length > bytes.size()) {
      throw new DamagedElfException(what + " is longer than the file");
    }
    return bytes.read(table.offset(), (int) length, what);
  }

  static int u16(ByteBuffer buffer, int at) {
    return Short.toUnsignedInt(buffer.getShort(at));
  }

  static long u32(ByteBuffer buffer, int at) {
    return Integer.toUnsignedLong(buffer.getInt(at));
  }

  /** Reads an address, offset or size, which is as wide as the file's addresses. */
  static long word(ByteBuffer buffer, boolean wide, int at) {
    return wide ? buffer.getLong(at) : u32(buffer, at);
  }
}
