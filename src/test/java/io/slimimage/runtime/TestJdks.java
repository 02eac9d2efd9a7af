package io.slimimage.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The JDKs of this machine: the one that runs the tests, and those beside it. */
final class TestJdks {

  private TestJdks() {}

  static List<Path> all() {
    Path own = Path.of(System.getProperty("java.home"));
    List<Path> homes = new ArrayList<>(List.of(own));
    try (Stream<Path> siblings = Files.list(own.toRealPath().getParent())) {
      siblings
          .filter(home -> !Files.isSymbolicLink(home) && Files.exists(home.resolve("bin/jlink")))
          .filter(home -> !home.equals(own))
          .sorted()
          .forEach(homes::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return homes;
  }

  /** Links a runtime of one module and skips the test where that JDK is no Linux one. */
  static Path link(Path jdk, Path target, String modules) throws Exception {
    Assumptions.assumeTrue(Files.exists(jdk.resolve("lib/server/libjvm.so")), "no JDK for Linux");
    run(jdk.resolve("bin/jlink").toString(), "--add-modules", modules, "--output", target + "");
    return target;
  }

  /** Runs a program, which must succeed, and returns what it has written. */
  static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new AssertionError(Arrays.toString(command) + " failed:\n" + output);
    }
    return output;
  }
}
