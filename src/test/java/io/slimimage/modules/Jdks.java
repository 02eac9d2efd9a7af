package io.slimimage.modules;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.slimimage.SlimImageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The JDKs of this machine: the one that runs the tests, and those beside it. */
final class Jdks {

  private Jdks() {}

  static Jdk running() {
    return Jdk.at(Path.of(System.getProperty("java.home")));
  }

  /** Returns one JDK of each release from 17 on, oldest first. */
  static List<Jdk> all() {
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
  static Jdk other() {
    List<Jdk> others = all().stream().filter(jdk -> jdk.feature() != running().feature()).toList();
    assumeThat(others).as("JDKs of another release").isNotEmpty();
    return others.get(0);
  }
}
