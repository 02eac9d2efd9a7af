package io.slimimage.system;

import io.slimimage.elf.ElfFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** For which processor and system native code is made. */
final class NativePlatforms {

  /** How many bytes of a file tell its processor. */
  static final int HEADER = 20;

  private static final String GLIBC = "the GNU C library";
  private static final String MUSL = "musl";
  private static final String OTHER = "another system";

  private static final Map<Integer, String> MACHINES =
      Map.of(
          2, "SPARC",
          3, "x86",
          8, "MIPS",
          20, "PowerPC",
          21, "PowerPC 64",
          22, "s390x",
          40, "ARM",
          62, "x86-64",
          183, "AArch64",
          243, "RISC-V");

  /** Parts of paths in jars that only the named system would load. */
  private static final Pattern MUSL_PATH = token("musl|alpine");

  private static final Pattern OTHER_PATH =
      token("android|freebsd|openbsd|netbsd|dragonfly|dragonflybsd|sunos|solaris|illumos|aix");

  private static final Pattern OTHER_SYSTEM =
      token("osx|macos|macosx|mac|darwin|kqueue|win|win32|win64|windows|android|freebsd|openbsd");

  /** Words of file names that tell a platform and nothing of what the library is. */
  private static final Pattern PLATFORM_WORDS =
      token(
          "linux|linux32|linux64|osx|macos|macosx|darwin|win32|win64|windows|musl|gnu|glibc"
              + "|x86|i386|i686|x64|amd64|x86_64|x86-64|aarch64|aarch_64|arm64|arm|armv7|armhf"
              + "|ppc64le|ppcle_64|ppc64|s390x|s390_64|riscv64|32|64");

  private NativePlatforms() {}

  static boolean isElf(byte[] header) {
    return header.length == HEADER
        && header[0] == 0x7f
        && header[1] == 'E'
        && header[2] == 'L'
        && header[3] == 'F';
  }

  static boolean hasMachine(byte[] header, Target target) {
    return machine(header) == target.machine() && bits(header) == target.bits();
  }

  /** Returns the processor of an ELF file in words. */
  static String nameOf(byte[] header) {
    return nameOf(machine(header));
  }

  /** Returns what a runtime is made for in words. */
  static String nameOf(Target target) {
    return nameOf(target.machine()) + " with " + systemOf(target);
  }

  static String systemOf(Target target) {
    return target.isGlibc() ? GLIBC : MUSL;
  }

  /**
   * Returns the C library or system that a library of a jar is made for, or nothing if it needs
   * none. Those for musl and Android can need a plain {@code libc.so}; then its path must tell.
   */
  static String systemOf(ElfFile elf, String path) {
    if (OTHER_PATH.matcher(path).find()) {
      return OTHER;
    }
    if (MUSL_PATH.matcher(path).find()
        || elf.needed().stream().anyMatch(name -> name.startsWith("libc.musl-"))) {
      return MUSL;
    }
    List<String> libc = elf.needed().stream().filter(name -> name.startsWith("libc.so")).toList();
    if (libc.isEmpty()) {
      return "";
    }
    return switch (libc.get(0)) {
      case "libc.so.6" -> GLIBC;
      case "libc.so" -> MUSL;
      default -> OTHER;
    };
  }

  /** Returns whether a jar's name says that it is meant for a system other than Linux. */
  static boolean namesOtherSystem(String jar) {
    return OTHER_SYSTEM.matcher(jar).find();
  }

  /** Returns the name of a library without its directory, platform and ending. */
  static String plainName(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    String bare = name.replaceFirst("^lib", "").replaceFirst("\\.(so|dll|dylib|jnilib).*$", "");
    return PLATFORM_WORDS.matcher(bare).replaceAll("").replaceAll("[-_.]+", "-");
  }

  private static Pattern token(String words) {
    return Pattern.compile(
        "(?<![A-Za-z0-9])(?:" + words + ")(?![A-Za-z0-9])", Pattern.CASE_INSENSITIVE);
  }

  private static String nameOf(int machine) {
    return MACHINES.getOrDefault(machine, "processor " + machine);
  }

  private static int machine(byte[] header) {
    ByteOrder order = header[5] == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    return Short.toUnsignedInt(ByteBuffer.wrap(header).order(order).getShort(18));
  }

  private static int bits(byte[] header) {
    return header[4] == 2 ? 64 : 32;
  }
}
