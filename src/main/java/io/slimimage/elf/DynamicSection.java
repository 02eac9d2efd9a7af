package io.slimimage.elf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The dynamic section of an executable or shared library: what the loader is to do for it. */
final class DynamicSection {

  static final long NEEDED = 1;
  static final long SONAME = 14;
  static final long RPATH = 15;
  static final long RUNPATH = 29;
  static final long VERSIONS_DEFINED = 0x6ffffffcL;
  static final long VERSIONS_DEFINED_COUNT = 0x6ffffffdL;
  static final long VERSIONS_NEEDED = 0x6ffffffeL;
  static final long VERSIONS_NEEDED_COUNT = 0x6fffffffL;

  private static final long END = 0;
  private static final long TEXTS = 5;
  private static final long TEXTS_SIZE = 10;

  /** Many times what the largest libraries have, so that a damaged size does no harm. */
  private static final int MOST_ENTRIES = 1 << 12;

  private final ElfBytes bytes;
  private final List<ElfSegment> segments;
  private final List<Entry> entries;

  private record Entry(long tag, long value) {}

  private DynamicSection(ElfBytes bytes, List<ElfSegment> segments, List<Entry> entries) {
    this.bytes = bytes;
    this.segments = segments;
    this.entries = entries;
  }

  /** Reads the section; a file that is linked statically has an empty one. */
  static DynamicSection read(ElfHeader header, List<ElfSegment> segments) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (ElfSegment segment : segments) {
      if (segment.type() == ElfSegment.DYNAMIC && segment.size() != 0) {
        readEntries(header, segment, entries);
        break;
      }
    }
    return new DynamicSection(header.bytes(), segments, entries);
  }

  private static void readEntries(ElfHeader header, ElfSegment segment, List<Entry> entries)
      throws IOException {
    boolean wide = header.wide();
    int length = wide ? 16 : 8;
    long count = Long.divideUnsigned(segment.size(), length);
    if (count > MOST_ENTRIES) {
      throw new DamagedElfException(
          "its dynamic section has " + Long.toUnsignedString(segment.size()) + " bytes");
    }
    ByteBuffer table =
        header.bytes().read(segment.offset(), (int) count * length, "its dynamic section");
    for (int at = 0; at < table.limit(); at += length) {
      long tag = ElfHeader.word(table, wide, at);
      if (tag == END) {
        return;
      }
      entries.add(new Entry(tag, ElfHeader.word(table, wide, at + length / 2)));
    }
  }

  /** Returns the number that the first entry with the tag has. */
  Optional<Long> number(long tag) {
    return entries.stream().filter(entry -> entry.tag() == tag).map(Entry::value).findFirst();
  }

  /** Returns the texts of all entries with the tag, in their order. */
  List<String> texts(long tag) throws IOException {
    List<String> texts = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.tag() == tag) {
        texts.add(text(entry.value()));
      }
    }
    return texts;
  }

  /** Returns the text at an offset in the table of texts. */
  String text(long at) throws IOException {
    long start = offset(number(TEXTS).orElseThrow(() -> missing("a table of texts")));
    long size = number(TEXTS_SIZE).orElseThrow(() -> missing("the size of its table of texts"));
    if (Long.compareUnsigned(at, size) >= 0) {
      throw new DamagedElfException("a name is outside of its table of texts");
    }
    long end = start + size;
    return bytes.text(start + at, end < start ? Long.MAX_VALUE : end, "a name");
  }

  /** Returns where in the file the byte is that the loader puts at an address. */
  long offset(long address) throws DamagedElfException {
    for (ElfSegment segment : segments) {
      if (segment.holds(address)) {
        return segment.offset() + (address - segment.address());
      }
    }
    throw new DamagedElfException(
        "no segment has the address 0x" + Long.toHexString(address) + " that it refers to");
  }

  ElfBytes bytes() {
    return bytes;
  }

  private static DamagedElfException missing(String what) {
    return new DamagedElfException("its dynamic section does not tell " + what);
  }
}
