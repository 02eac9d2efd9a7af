package io.slimimage.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.slimimage.image.Platform;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/** A program that prints a text, and needs nothing but a Linux kernel: a static ELF file. */
final class SampleProgram {

  private static final int HEADER = 64;
  private static final int SEGMENT = 56;
  private static final long ADDRESS = 0x400000;

  private SampleProgram() {}

  /** Returns the platform of this machine, on which the program is to run. */
  static Platform platform() {
    return new Platform("linux", System.getProperty("os.arch"), "");
  }

  static byte[] printing(String text) {
    byte[] message = text.getBytes(UTF_8);
    boolean arm = platform().architecture().equals("arm64");
    byte[] code = arm ? arm64(message.length) : amd64(message.length);
    int size = HEADER + SEGMENT + code.length + message.length;
    ByteBuffer elf = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    elf.put(HexFormat.of().parseHex("7f454c46020101000000000000000000"));
    elf.putShort((short) 2).putShort((short) (arm ? 183 : 62)).putInt(1);
    elf.putLong(ADDRESS + HEADER + SEGMENT).putLong(HEADER).putLong(0).putInt(0);
    elf.putShort((short) HEADER).putShort((short) SEGMENT).putShort((short) 1);
    elf.putShort((short) 64).putShort((short) 0).putShort((short) 0);
    // One segment that is read and executed: the whole file.
    elf.putInt(1).putInt(5).putLong(0).putLong(ADDRESS).putLong(ADDRESS);
    elf.putLong(size).putLong(size).putLong(0x1000);
    return elf.put(code).put(message).array();
  }

  /** write(1, message, length); exit(0). */
  private static byte[] amd64(int length) {
    return ByteBuffer.allocate(33)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(HexFormat.of().parseHex("bf01000000" + "488d3515000000" + "ba"))
        .putInt(length)
        .put(HexFormat.of().parseHex("b801000000" + "0f05" + "31ff" + "b83c000000" + "0f05"))
        .array();
  }

  /** The same, of eight instructions. */
  private static byte[] arm64(int length) {
    int movz = 0xd2800000;
    int call = 0xd4000001;
    return ByteBuffer.allocate(32)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(movz | 1 << 5)
        // adr x1, 28 bytes on
        .putInt(0x10000001 | 28 / 4 << 5)
        .putInt(movz | length << 5 | 2)
        .putInt(movz | 64 << 5 | 8)
        .putInt(call)
        .putInt(movz)
        .putInt(movz | 93 << 5 | 8)
        .putInt(call)
        .array();
  }
}
