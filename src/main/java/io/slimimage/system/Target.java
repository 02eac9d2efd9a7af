package io.slimimage.system;

import io.slimimage.SlimImageException;
import io.slimimage.elf.ElfFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What native code must be made for, so that it runs beside a Java runtime.
 *
 * @param machine the {@code e_machine} of ELF headers
 * @param bits 32 or 64
 * @param interpreter the dynamic loader's path
 */
record Target(int machine, int bits, String interpreter) {

  private static final String MUSL_LOADER = "ld-musl-";

  /** The names that Debian and its kin have for a machine with the GNU C library. */
  private static final Map<Integer, String> MULTIARCH =
      Map.of(
          3, "i386-linux-gnu",
          21, "powerpc64le-linux-gnu",
          22, "s390x-linux-gnu",
          40, "arm-linux-gnueabihf",
          62, "x86_64-linux-gnu",
          183, "aarch64-linux-gnu",
          243, "riscv64-linux-gnu",
          258, "loongarch64-linux-gnu");

  /** Returns what a Java runtime is made for. */
  static Target of(Path runtime) {
    Path java = runtime.resolve("bin/java");
    if (!Files.isRegularFile(java)) {
      throw noLinux(runtime);
    }
    ElfFile elf = ElfFile.read(java).orElseThrow(() -> noLinux(runtime));
    return new Target(
        elf.machine(), elf.bits(), elf.interpreter().orElseThrow(() -> noLinux(runtime)));
  }

  BaseSystem.Libc libc() {
    return loader().startsWith(MUSL_LOADER) ? BaseSystem.Libc.MUSL : BaseSystem.Libc.GLIBC;
  }

  boolean isGlibc() {
    return libc() == BaseSystem.Libc.GLIBC;
  }

  /** Returns the file name of the dynamic loader, by which libraries need it. */
  String loader() {
    return interpreter.substring(interpreter.lastIndexOf('/') + 1);
  }

  /** Returns the machine as musl calls it in file names, such as {@code x86_64}. */
  String muslName() {
    return loader().replace(MUSL_LOADER, "").replaceAll("\\.so\\.1$", "");
  }

  /** Returns the machine as Debian calls it in directories, empty if it has no name for it. */
  String multiarch() {
    return MULTIARCH.getOrDefault(machine, "");
  }

  boolean hasMachineOf(ElfFile elf) {
    return elf.machine() == machine && elf.bits() == bits;
  }

  private static SlimImageException noLinux(Path runtime) {
    return new SlimImageException(
        SlimImageException.advise(
            "The Java runtime [" + runtime + "] has no [bin/java] for Linux",
            "use a JDK for Linux, or set slimimage.runtime=jre"));
  }
}
