package io.slimimage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.slimimage.modules.Jdk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The JDKs of this machine: the one that runs the tests, and those beside it. */
public final class TestJdks {

  private TestJdks() {}

  /** Returns the JDK that runs the tests. */
  public static Jdk running() {
    return Jdk.at(Path.of(System.getProperty("java.home")));
  }

  /** Returns one JDK of each release from 17 on, oldest first. */
  public static List<Jdk> all() {
    Map<Integer, Jdk> jdks = new TreeMap<>();
    try (Stream<Path> beside = Files.list(running().home().toRealPath().getParent())) {
      for (Path home : beside.sorted().toList()) {
        try {
          Jdk jdk = Jdk.at(home);
          jdk.jlink();
          jdks.putIfAbsent(jdk.feature(), jdk);
        } catch (SlimImageException e) {
          // Something else that lies beside JDKs.
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    jdks.put(running().feature(), running());
    return jdks.values().stream().filter(jdk -> jdk.feature() >= 17).toList();
  }

  /** Returns a JDK of another release, or skips the test. */
  public static Jdk other() {
    List<Jdk> others = all().stream().filter(jdk -> jdk.feature() != running().feature()).toList();
    assumeThat(others).as("JDKs of another release").isNotEmpty();
    return others.get(0);
  }

  /** Links a runtime plainly and skips the test where that JDK is no Linux one. */
  public static Path link(Jdk jdk, Path target, String modules) throws Exception {
    assumeThat(jdk.home().resolve("lib/server/libjvm.so")).as("a JDK for Linux").exists();
    run(jdk.jlink().toString(), "--add-modules", modules, "--output", target.toString());
    return target;
  }

  /** Runs a program, which must succeed, and returns what it has written. */
  public static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as("%s: %s", List.of(command), output).isZero();
    return output;
  }
}
