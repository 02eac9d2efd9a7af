package io.slimimage.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnwindIndexTest {

  private static final Path JVM = Path.of(System.getProperty("java.home"), "lib/server/libjvm.so");

  @TempDir Path directory;

  private byte[] original;
  private ElfSegment index;

  @BeforeEach
  void findTheIndex() throws IOException {
    assumeTrue(Files.exists(JVM), "no Linux JDK");
    original = Files.readAllBytes(JVM);
    try (var channel = Files.newByteChannel(JVM)) {
      index =
          ElfHeader.read(channel).readSegments().stream()
              .filter(segment -> segment.type() == ElfSegment.UNWIND_INDEX)
              .findFirst()
              .orElseThrow();
    }
  }

  @Test
  void leavesOnlyThePlaceOfTheFrames() throws IOException {
    Path file = Files.write(directory.resolve("libjvm.so"), original);

    assertThat(UnwindIndex.clear(file)).isEqualTo(index.size() - 12);

    byte[] header = Arrays.copyOfRange(original, start(), start() + 8);
    header[2] = header[3] = (byte) 0xff;
    assertThat(Files.readAllBytes(file))
        .isEqualTo(with(start(), Arrays.copyOf(header, (int) index.size())));
  }

  @Test
  void hasNothingToDoTheSecondTime() throws IOException {
    Path file = Files.write(directory.resolve("libjvm.so"), original);
    UnwindIndex.clear(file);

    assertThat(UnwindIndex.clear(file)).isZero();
  }

  @Test
  void staysWhereItDoesNotRepeatTheFrames() throws IOException {
    int count = little(start() + 8);

    staysAsItIs(with(start() + 8, little4(count + 1)));
    staysAsItIs(with(start() + 1, new byte[] {0x1c}));
  }

  @Test
  void staysWhereASearchWouldFindNoEnd() throws IOException {
    int frames = start() + 4 + little(start() + 4);
    int end = frames;
    while (little(end) != 0) {
      end += 4 + little(end);
    }

    staysAsItIs(with(end, little4(4)));
    staysAsItIs(with(frames, little4(Integer.MAX_VALUE)));
    staysAsItIs(with(frames, little4(-1)));
    staysAsItIs(with(start() + 4, little4(Integer.MAX_VALUE)));
  }

  @Test
  void leavesOtherFilesAlone() throws IOException {
    staysAsItIs("no ELF".getBytes());
    staysAsItIs(new byte[0]);
    staysAsItIs(Arrays.copyOf(original, 100));
    staysAsItIs(with(4, new byte[] {1}));
    staysAsItIs(with(5, new byte[] {2}));
  }

  private void staysAsItIs(byte[] bytes) throws IOException {
    Path file = Files.write(directory.resolve("other.so"), bytes);

    assertThat(UnwindIndex.clear(file)).isZero();
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
  }

  private int start() {
    return (int) index.offset();
  }

  private byte[] with(int offset, byte[] bytes) {
    byte[] changed = original.clone();
    System.arraycopy(bytes, 0, changed, offset, bytes.length);
    return changed;
  }

  private int little(int offset) {
    return ByteBuffer.wrap(original).order(ByteOrder.LITTLE_ENDIAN).getInt(offset);
  }

  private static byte[] little4(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }
}
