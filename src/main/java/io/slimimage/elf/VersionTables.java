package io.slimimage.elf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The GNU symbol versions of an executable or shared library: lists of lists, of which each item
 * says how many bytes further on the next one is.
 *
 * @see <a
 *     href="https://refspecs.linuxfoundation.org/LSB_5.0.0/LSB-Core-generic/LSB-Core-generic/symversion.html">
 *     Linux Standard Base, Symbol Versioning</a>
 */
final class VersionTables {

  private static final int BASE = 1;
  private static final int WEAK = 2;

  /** Many times what the C library has; two numbers of 16 bits multiply to far more. */
  private static final int MOST_ITEMS = 1 << 16;

  private final DynamicSection dynamic;
  private int items;

  VersionTables(DynamicSection dynamic) {
    this.dynamic = dynamic;
  }

  /** Returns what the loader refuses to go without, by the soname of the library that has it. */
  SortedMap<String, SortedSet<String>> needed() throws IOException {
    SortedMap<String, SortedSet<String>> needed = new TreeMap<>();
    Optional<Long> table = dynamic.number(DynamicSection.VERSIONS_NEEDED);
    if (table.isEmpty()) {
      return needed;
    }
    long at = dynamic.offset(table.get());
    for (long left = count(DynamicSection.VERSIONS_NEEDED_COUNT); left > 0; left--) {
      ByteBuffer library = item(at, 16);
      SortedSet<String> versions =
          needed.computeIfAbsent(
              dynamic.text(ElfHeader.u32(library, 4)), soname -> new TreeSet<>());
      addNeeded(versions, at + ElfHeader.u32(library, 8), ElfHeader.u16(library, 2));
      long next = ElfHeader.u32(library, 12);
      if (next == 0) {
        break;
      }
      at += next;
    }
    return needed;
  }

  private void addNeeded(SortedSet<String> versions, long first, int count) throws IOException {
    long at = first;
    for (int left = count; left > 0; left--) {
      ByteBuffer version = item(at, 16);
      if ((ElfHeader.u16(version, 4) & WEAK) == 0) {
        versions.add(dynamic.text(ElfHeader.u32(version, 8)));
      }
      long next = ElfHeader.u32(version, 12);
      if (next == 0) {
        return;
      }
      at += next;
    }
  }

  /** Returns what others may need of this library, without the version that is its own name. */
  SortedSet<String> defined() throws IOException {
    SortedSet<String> defined = new TreeSet<>();
    Optional<Long> table = dynamic.number(DynamicSection.VERSIONS_DEFINED);
    if (table.isEmpty()) {
      return defined;
    }
    long at = dynamic.offset(table.get());
    for (long left = count(DynamicSection.VERSIONS_DEFINED_COUNT); left > 0; left--) {
      ByteBuffer version = item(at, 20);
      if ((ElfHeader.u16(version, 2) & BASE) == 0 && ElfHeader.u16(version, 6) > 0) {
        ByteBuffer name = item(at + ElfHeader.u32(version, 12), 8);
        defined.add(dynamic.text(ElfHeader.u32(name, 0)));
      }
      long next = ElfHeader.u32(version, 16);
      if (next == 0) {
        break;
      }
      at += next;
    }
    return defined;
  }

  private long count(long tag) {
    return dynamic.number(tag).orElse((long) MOST_ITEMS);
  }

  private ByteBuffer item(long at, int length) throws IOException {
    if (++items > MOST_ITEMS) {
      throw new DamagedElfException("its list of versions has no end");
    }
    return dynamic.bytes().read(at, length, "its list of versions");
  }
}
