package io.slimimage.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElfStripperTest {

  private static final Path LIB = Path.of(System.getProperty("java.home"), "lib");

  @TempDir static Path directory;

  private static Path original;
  private static Path stripped;
  private static long saved;

  @BeforeAll
  static void stripTheJvm() throws IOException {
    original = LIB.resolve("server/libjvm.so");
    assumeTrue(Files.exists(original), "no Linux JDK");
    stripped = Files.copy(original, directory.resolve("libjvm.so"));
    Files.setPosixFilePermissions(stripped, PosixFilePermissions.fromString("r-xr-x--x"));
    saved = ElfStripper.strip(stripped);
  }

  @Test
  void savesTheSymbolTableOfTheJvm() throws IOException {
    assertThat(saved).isEqualTo(Files.size(original) - Files.size(stripped)).isPositive();
    assertThat(names(original)).contains(".symtab", ".strtab");
    assertThat(names(stripped))
        .contains(".dynsym", ".dynstr", ".text", ".shstrtab")
        .doesNotContain(".symtab", ".strtab", ".comment");
  }

  @Test
  void keepsAllThatIsLoadedWhereItIs() throws IOException {
    try (FileChannel before = FileChannel.open(original);
        FileChannel after = FileChannel.open(stripped)) {
      ElfHeader header = ElfHeader.read(before);
      List<ElfSegment> segments = header.readSegments();
      assertThat(ElfHeader.read(after).readSegments()).isEqualTo(segments);
      for (ElfSegment segment : segments) {
        // The first segment has the file's own header in it, with the changed table of sections.
        long start = Math.max(64, segment.offset());
        int length = (int) Math.max(0, segment.offset() + segment.size() - start);
        assertThat(read(after, start, length)).isEqualTo(read(before, start, length));
      }
    }
  }

  @Test
  void keepsWhatTheLoaderSeesOfIt() {
    assertThat(ElfFile.read(stripped)).isEqualTo(ElfFile.read(original));
  }

  @Test
  void keepsThePermissions() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(stripped)))
        .isEqualTo("r-xr-x--x");
  }

  @Test
  void hasNothingToDoTheSecondTime() throws IOException {
    byte[] once = Files.readAllBytes(stripped);

    assertThat(ElfStripper.strip(stripped)).isZero();
    assertThat(stripped).hasBinaryContent(once);
  }

  @Test
  void savesAtLeastAsMuchAsBinutils() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/strip")), "no binutils");
    Path other = Files.copy(original, directory.resolve("by-binutils.so"));
    Process strip =
        new ProcessBuilder("/usr/bin/strip", "--strip-unneeded", other.toString())
            .redirectErrorStream(true)
            .start();
    strip.getInputStream().readAllBytes();
    assertThat(strip.waitFor()).isZero();

    assertThat(Files.size(stripped)).isLessThanOrEqualTo(Files.size(other));
  }

  @Test
  void leavesAFileThatIsStrippedAsItIs() throws IOException {
    Path file = Files.copy(LIB.resolve("libjava.so"), directory.resolve("libjava.so"));
    ElfStripper.strip(file);
    byte[] before = Files.readAllBytes(file);

    assertThat(ElfStripper.strip(file)).isZero();
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void leavesAProgramThatCarriesDataBehindItself() throws IOException {
    Path file = Files.copy(original, directory.resolve("self-extracting"));
    Files.write(file, new byte[1000], StandardOpenOption.APPEND);

    assertStaysAsItIs(file);
  }

  @Test
  void leavesWhatIsNoLibraryOf64BitsLittleEndian() throws IOException {
    for (int bits : List.of(32, 64)) {
      for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
        byte[] small = new SmallElf(bits, order).text(1, "libc.so.6").build("");
        assertStaysAsItIs(Files.write(directory.resolve("small-" + bits + order), small));
      }
    }
    assertStaysAsItIs(Files.writeString(directory.resolve("script.so"), "INPUT(libc.so.6)"));
  }

  @Test
  void survivesDamagedFiles() throws IOException {
    byte[] sound = Files.readAllBytes(LIB.resolve("libjimage.so"));
    Random random = new Random(4711);
    Path file = directory.resolve("damaged.so");
    int table = (int) ByteBuffer.wrap(sound).order(ByteOrder.LITTLE_ENDIAN).getLong(40);
    for (int round = 0; round < 300; round++) {
      byte[] damaged = sound.clone();
      int at = random.nextBoolean() ? random.nextInt(4, 600) : random.nextInt(table, sound.length);
      damaged[at] = (byte) (random.nextBoolean() ? 0xff : random.nextInt());
      Files.write(file, round % 10 == 0 ? Arrays.copyOf(damaged, at) : damaged);
      ElfStripper.strip(file);
    }
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).noneMatch(left -> left.toString().endsWith(".stripped"));
    }
  }

  private static void assertStaysAsItIs(Path file) throws IOException {
    byte[] before = Files.readAllBytes(file);

    assertThat(ElfStripper.strip(file)).as(file.toString()).isZero();
    assertThat(file).hasBinaryContent(before);
  }

  private static List<String> names(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ElfHeader header = ElfHeader.read(channel);
      ByteBuffer table = header.read(header.sections(), 64, "sections");
      long texts = table.getLong(header.names() * 64 + 24);
      List<String> names = new ArrayList<>();
      for (int i = 0; i < header.sections().count(); i++) {
        names.add(header.bytes().text(texts + table.getInt(i * 64), Long.MAX_VALUE, "name"));
      }
      return names;
    }
  }

  private static ByteBuffer read(FileChannel channel, long offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) >= 0) {}
    return buffer.flip();
  }
}
