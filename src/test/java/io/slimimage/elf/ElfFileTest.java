package io.slimimage.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.slimimage.SlimImageException;
import io.slimimage.blob.Blob;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElfFileTest {

  private static final Path JVM = Path.of(System.getProperty("java.home"), "lib/server/libjvm.so");

  @ParameterizedTest
  @CsvSource({"64, true, 62", "64, false, 22", "32, true, 3", "32, false, 8"})
  void readsBothWidthsAndByteOrders(int bits, boolean little, int machine) {
    ByteOrder order = little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    byte[] library = library(new SmallElf(bits, order)).machine(machine).build("/lib/ld.so.1");

    ElfFile read = read(library);

    assertThat(read.bits()).isEqualTo(bits);
    assertThat(read.machine()).isEqualTo(machine);
    assertThat(read.interpreter()).contains("/lib/ld.so.1");
    assertThat(read.soname()).contains("libx.so.1");
    assertThat(read.needed()).containsExactly("libz.so.1", "libc.so.6");
    assertThat(read.searchPaths()).containsExactly("$ORIGIN/../lib", "/opt/x");
    assertThat(read.versions()).containsOnlyKeys("libc.so.6");
    assertThat(read.versions().get("libc.so.6")).containsExactly("GLIBC_2.34");
    assertThat(read.definedVersions()).containsExactly("X_1.0");
  }

  @Test
  void prefersTheNewSearchPathToTheOldOne() {
    byte[] library = elf64().text(15, "/old").text(29, "/new").build("");

    assertThat(read(library).searchPaths()).containsExactly("/new");
  }

  @Test
  void knowsThatAStaticFileNeedsNothing() {
    byte[] file = elf64().build("");
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(64 + 56 + 32, 0);

    ElfFile read = read(file);

    assertThat(read.needed()).isEmpty();
    assertThat(read.interpreter()).isEmpty();
    assertThat(read.soname()).isEmpty();
  }

  @Test
  void readsTheJvmThatRunsThis() throws IOException {
    assumeTrue(Files.exists(JVM), "no Linux JDK");

    ElfFile read = ElfFile.read(JVM).orElseThrow();

    assertThat(read.soname()).contains("libjvm.so");
    assertThat(read.needed()).anyMatch(name -> name.startsWith("libc."));
    assertThat(read.definedVersions()).contains("SUNWprivate_1.1");
    assertThat(ElfFile.read(JVM.resolveSibling("../../bin/java")).orElseThrow().interpreter())
        .hasValueSatisfying(path -> assertThat(Path.of(path)).exists());
  }

  @Test
  void findsTheVersionOfTheCLibrary() throws IOException {
    Path libc = Path.of("/lib/x86_64-linux-gnu/libc.so.6");
    assumeTrue(Files.exists(libc), "no Debian for this processor");

    assertThat(ElfFile.read(libc).orElseThrow().definedVersions())
        .contains("GLIBC_2.17", "GLIBC_2.34")
        .doesNotContain("libc.so.6");
  }

  @Test
  void readsTheSameAsReadelf() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/readelf")), "no readelf");
    assumeTrue(Files.exists(JVM), "no Linux JDK");
    try (Stream<Path> libraries = Files.list(JVM.getParent().getParent())) {
      for (Path library : libraries.filter(file -> file.toString().endsWith(".so")).toList()) {
        Process readelf =
            new ProcessBuilder("/usr/bin/readelf", "-dW", library.toString())
                .redirectErrorStream(true)
                .start();
        Stream<String> expected =
            new String(readelf.getInputStream().readAllBytes())
                .lines()
                .filter(line -> line.contains("(NEEDED)"))
                .map(line -> line.substring(line.indexOf('[') + 1, line.indexOf(']')));
        assertThat(readelf.waitFor()).isZero();
        assertThat(ElfFile.read(library).orElseThrow().needed())
            .as(library.toString())
            .containsExactlyElementsOf(expected.toList());
      }
    }
  }

  @Test
  void saysThatOtherFilesAreNone(@TempDir Path directory) throws IOException {
    Path script = Files.writeString(directory.resolve("libc.so"), "/* GNU ld script */");

    assertThat(ElfFile.read(script)).isEmpty();
    assertThat(ElfFile.read(Blob.of(new byte[0]), "empty")).isEmpty();
    assertThat(ElfFile.read(Blob.of(new byte[] {0x7f, 'E', 'L'}), "short")).isEmpty();
  }

  @Test
  void namesADamagedFile() {
    byte[] cut = new byte[40];
    System.arraycopy(elf64().build(""), 0, cut, 0, cut.length);

    assertThatThrownBy(() -> ElfFile.read(Blob.of(cut), "a.jar!/liba.so"))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("[a.jar!/liba.so] is damaged: its header")
        .hasMessageContaining("perhaps you should");
  }

  @Test
  void namesAFileThatIsNotThere(@TempDir Path directory) {
    assertThatThrownBy(() -> ElfFile.read(directory.resolve("none.so")))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("none.so] cannot be read");
  }

  @Test
  void doesNotFollowVersionsWithoutEnd() {
    byte[] library = elf64().needs("libc.so.6", "A", "B").nextVersion(1).build("");

    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> assertThatThrownBy(() -> read(library)).isInstanceOf(SlimImageException.class));
  }

  @Test
  void survivesEveryDamage() {
    byte[] sound = library(elf64()).build("/lib/ld.so.1");
    Random random = new Random(4711);
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (int length = 4; length < sound.length; length++) {
            byte[] cut = new byte[length];
            System.arraycopy(sound, 0, cut, 0, length);
            readOrRefuse(cut);
          }
          for (int round = 0; round < 5_000; round++) {
            byte[] changed = sound.clone();
            for (int change = random.nextInt(1, 6); change > 0; change--) {
              byte value = (byte) (random.nextBoolean() ? 0xff : random.nextInt());
              changed[random.nextInt(4, sound.length)] = value;
            }
            readOrRefuse(changed);
          }
        });
  }

  private static void readOrRefuse(byte[] file) {
    try {
      ElfFile.read(Blob.of(file), "damaged.so");
    } catch (SlimImageException e) {
      assertThat(e).hasMessageContaining("[damaged.so]");
    }
  }

  private static ElfFile read(byte[] file) {
    return ElfFile.read(Blob.of(file), "small.so").orElseThrow();
  }

  private static SmallElf elf64() {
    return new SmallElf(64, ByteOrder.LITTLE_ENDIAN);
  }

  private static SmallElf library(SmallElf elf) {
    return elf.text(1, "libz.so.1")
        .text(1, "libc.so.6")
        .text(14, "libx.so.1")
        .text(29, "$ORIGIN/../lib:/opt/x")
        .needs("libc.so.6", "GLIBC_2.34", "GLIBC_WEAK")
        .defines("libx.so.1", "X_1.0");
  }
}
