package io.slimimage.elf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes shared libraries without code, of every kind that there is. */
final class SmallElf {

  /** The loader puts the file there, so that an address is not an offset. */
  private static final long ADDRESS = 0x10000;

  private static final int DYNAMIC_AT = 0x200;
  private static final int NEEDS_AT = 0x300;
  private static final int DEFINES_AT = 0x380;
  private static final int INTERPRETER_AT = 0x400;
  private static final int TEXTS_AT = 0x440;
  private static final int SIZE = 0x600;

  private final boolean wide;
  private final ByteBuffer out;
  private final StringBuilder texts = new StringBuilder("\0");
  private final List<long[]> dynamic = new ArrayList<>();
  private int machine = 62;

  SmallElf(int bits, ByteOrder order) {
    wide = bits == 64;
    out = ByteBuffer.allocate(SIZE).order(order);
    out.put(0, new byte[] {0x7f, 'E', 'L', 'F', (byte) (wide ? 2 : 1)});
    out.put(5, (byte) (order == ByteOrder.LITTLE_ENDIAN ? 1 : 2)).put(6, (byte) 1);
  }

  SmallElf machine(int number) {
    machine = number;
    return this;
  }

  SmallElf text(long tag, String value) {
    return number(tag, add(value));
  }

  SmallElf number(long tag, long value) {
    dynamic.add(new long[] {tag, value});
    return this;
  }

  /** Needs one version for good and one weakly. */
  SmallElf needs(String soname, String version, String weak) {
    number(DynamicSection.VERSIONS_NEEDED, ADDRESS + NEEDS_AT);
    number(DynamicSection.VERSIONS_NEEDED_COUNT, 1);
    out.putShort(NEEDS_AT, (short) 1).putShort(NEEDS_AT + 2, (short) 2);
    out.putInt(NEEDS_AT + 4, add(soname)).putInt(NEEDS_AT + 8, 16);
    out.putInt(NEEDS_AT + 24, add(version)).putInt(NEEDS_AT + 28, 16);
    out.putShort(NEEDS_AT + 36, (short) 2).putInt(NEEDS_AT + 40, add(weak));
    return this;
  }

  /** Changes how far on the second needed version is followed by a third. */
  SmallElf nextVersion(int bytes) {
    out.putShort(NEEDS_AT + 2, (short) 0xffff).putInt(NEEDS_AT + 44, bytes);
    return this;
  }

  /** Defines its own name, as linkers do, and a version. */
  SmallElf defines(String own, String version) {
    number(DynamicSection.VERSIONS_DEFINED, ADDRESS + DEFINES_AT);
    number(DynamicSection.VERSIONS_DEFINED_COUNT, 2);
    define(DEFINES_AT, 1, own, 28);
    define(DEFINES_AT + 28, 0, version, 0);
    return this;
  }

  private void define(int at, int flags, String name, int next) {
    out.putShort(at, (short) 1).putShort(at + 2, (short) flags).putShort(at + 6, (short) 1);
    out.putInt(at + 12, 20).putInt(at + 16, next).putInt(at + 20, add(name));
  }

  /** Returns the file; with an interpreter where one is given. */
  byte[] build(String interpreter) {
    number(5, ADDRESS + TEXTS_AT).number(10, texts.length()).number(0, 0);
    int at = DYNAMIC_AT;
    for (long[] entry : dynamic) {
      word(at, entry[0]);
      word(at + (wide ? 8 : 4), entry[1]);
      at += wide ? 16 : 8;
    }
    out.put(TEXTS_AT, texts.toString().getBytes(StandardCharsets.ISO_8859_1));
    out.put(INTERPRETER_AT, (interpreter + '\0').getBytes(StandardCharsets.ISO_8859_1));
    int header = wide ? 64 : 52;
    out.putShort(16, (short) 3).putShort(18, (short) machine);
    word(wide ? 32 : 28, header);
    out.putShort(wide ? 54 : 42, (short) (wide ? 56 : 32)).putShort(wide ? 56 : 44, (short) 3);
    int entry = wide ? 56 : 32;
    segment(header, ElfSegment.LOAD, 0, SIZE);
    segment(header + entry, ElfSegment.DYNAMIC, DYNAMIC_AT, at - DYNAMIC_AT);
    int length = interpreter.isEmpty() ? 0 : interpreter.length() + 1;
    segment(header + 2 * entry, ElfSegment.INTERPRETER, INTERPRETER_AT, length);
    return out.array().clone();
  }

  private void segment(int at, int type, int offset, int size) {
    out.putInt(at, type);
    word(at + (wide ? 8 : 4), offset);
    word(at + (wide ? 16 : 8), ADDRESS + offset);
    word(at + (wide ? 32 : 16), size);
    word(at + (wide ? 40 : 20), size);
  }

  private void word(int at, long value) {
    if (wide) {
      out.putLong(at, value);
    } else {
      out.putInt(at, (int) value);
    }
  }

  private int add(String text) {
    int at = texts.length();
    texts.append(text).append('\0');
    return at;
  }
}
