package io.slimimage.system;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes 64-bit libraries and executables without code, which say only what they need. */
public final class TestLibrary {

  private static final int DYNAMIC_AT = 0x100;
  private static final int NEEDS_AT = 0x300;
  private static final int DEFINES_AT = 0x400;
  private static final int TEXTS_AT = 0x500;
  private static final int SIZE = 0x1000;

  private final ByteBuffer out = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
  private final StringBuilder texts = new StringBuilder("\0");
  private final List<long[]> dynamic = new ArrayList<>();
  private int machine = 62;
  private long interpreter;
  private int interpreterLength;

  public static TestLibrary needing(String... sonames) {
    TestLibrary library = new TestLibrary();
    for (String soname : sonames) {
      library.dynamic.add(new long[] {1, library.text(soname)});
    }
    return library;
  }

  TestLibrary machine(int number) {
    machine = number;
    return this;
  }

  TestLibrary interpreter(String path) {
    interpreter = TEXTS_AT + text(path);
    interpreterLength = path.length() + 1;
    return this;
  }

  TestLibrary runPath(String path) {
    dynamic.add(new long[] {29, text(path)});
    return this;
  }

  /** Needs a version of a library's symbols. */
  TestLibrary version(String soname, String version) {
    dynamic.add(new long[] {0x6ffffffe, NEEDS_AT});
    dynamic.add(new long[] {0x6fffffff, 1});
    out.putShort(NEEDS_AT, (short) 1).putShort(NEEDS_AT + 2, (short) 1);
    out.putInt(NEEDS_AT + 4, text(soname)).putInt(NEEDS_AT + 8, 16);
    out.putInt(NEEDS_AT + 24, text(version));
    return this;
  }

  /** Has a version of symbols. */
  TestLibrary defining(String version) {
    dynamic.add(new long[] {0x6ffffffc, DEFINES_AT});
    dynamic.add(new long[] {0x6ffffffd, 1});
    out.putShort(DEFINES_AT, (short) 1).putShort(DEFINES_AT + 6, (short) 1);
    out.putInt(DEFINES_AT + 12, 20).putInt(DEFINES_AT + 20, text(version));
    return this;
  }

  public byte[] bytes() {
    dynamic.add(new long[] {5, TEXTS_AT});
    dynamic.add(new long[] {10, texts.length()});
    dynamic.add(new long[] {0, 0});
    int at = DYNAMIC_AT;
    for (long[] entry : dynamic) {
      out.putLong(at, entry[0]).putLong(at + 8, entry[1]);
      at += 16;
    }
    out.put(TEXTS_AT, texts.toString().getBytes(ISO_8859_1));
    out.put(0, new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
    out.putShort(16, (short) 3).putShort(18, (short) machine);
    out.putLong(32, 64).putShort(54, (short) 56).putShort(56, (short) 3);
    segment(64, 1, 0, SIZE);
    segment(120, 2, DYNAMIC_AT, at - DYNAMIC_AT);
    segment(176, 3, interpreter, interpreterLength);
    return out.array().clone();
  }

  public Path write(Path file) {
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void segment(int at, int type, long offset, long size) {
    out.putInt(at, type).putLong(at + 8, offset).putLong(at + 16, offset);
    out.putLong(at + 32, size).putLong(at + 40, size);
  }

  private int text(String text) {
    int at = texts.length();
    texts.append(text).append('\0');
    return at;
  }
}
