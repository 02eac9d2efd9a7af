package io.slimimage.runtime;

import io.slimimage.modules.Jdk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The JDKs beside the one that runs the tests: one for each feature release. */
final class InstalledJdks {

  private InstalledJdks() {}

  static List<Jdk> all() {
    Path own = Path.of(System.getProperty("java.home"));
    Map<Integer, Jdk> byFeature = new TreeMap<>();
    try (Stream<Path> siblings = Files.list(own.toRealPath().getParent())) {
      Stream.concat(Stream.of(own), siblings.sorted())
          .filter(home -> Files.isExecutable(home.resolve("bin/jlink")))
          .forEach(
              home ->
                  feature(home)
                      .filter(feature -> feature >= 17)
                      .ifPresent(
                          feature ->
                              byFeature.putIfAbsent(feature, new Jdk(home, feature, Map.of()))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(byFeature.values());
  }

  private static Optional<Integer> feature(Path home) {
    try (Stream<String> lines = Files.lines(home.resolve("release"))) {
      return lines
          .filter(line -> line.startsWith("JAVA_VERSION="))
          .map(line -> line.replaceAll("[^0-9.]", "").split("\\.")[0])
          .map(Integer::valueOf)
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
