package io.slimimage.elf;

import java.nio.ByteBuffer;

/** One entry of the table of sections of a 64-bit ELF file. */
record ElfSection(ByteBuffer entry) {

  /** The length of an entry in bytes. */
  static final int ENTRY = 64;

  static final int NOTHING = 0;
  static final int RELOCATIONS_WITH_ADDEND = 4;
  static final int RELOCATIONS = 9;

  private static final int WITHOUT_BYTES = 8;
  private static final long ALLOCATED = 2;
  private static final long INFO_IS_LINK = 0x40;
  private static final int OFFSET = 24;
  private static final int SIZE = 32;

  int nameOffset() {
    return entry.getInt(0);
  }

  int type() {
    return entry.getInt(4);
  }

  /** Returns whether the loader puts it into memory. */
  boolean allocated() {
    return (entry.getLong(8) & ALLOCATED) != 0;
  }

  long offset() {
    return entry.getLong(OFFSET);
  }

  /** Returns how many bytes it has in the file. */
  long size() {
    return type() == WITHOUT_BYTES || type() == NOTHING ? 0 : entry.getLong(SIZE);
  }

  /** Returns the number of the section that it cannot do without, or 0. */
  int link() {
    return entry.getInt(40);
  }

  /** Returns the number of a second section that it cannot do without, or 0. */
  int secondLink() {
    boolean isLink =
        (entry.getLong(8) & INFO_IS_LINK) != 0
            || type() == RELOCATIONS
            || type() == RELOCATIONS_WITH_ADDEND;
    return isLink ? entry.getInt(44) : 0;
  }

  /** Writes its entry with another place of its name. */
  void write(ByteBuffer out, int newName) {
    int at = out.position();
    out.put(entry.duplicate().rewind());
    out.putInt(at, newName);
  }

  /** Writes its entry with another place of its name and of itself. */
  void write(ByteBuffer out, int newName, long newOffset, long newSize) {
    int at = out.position();
    write(out, newName);
    out.putLong(at + OFFSET, newOffset).putLong(at + SIZE, newSize);
  }
}
