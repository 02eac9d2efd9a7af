package io.slimimage.maven;

import java.util.List;

/** Checks the parameters that are one of a few words. */
final class Choices {

  private Choices() {}

  static void check(Parameters given, Problems problems) {
    oneOf("engine", given.engine(), List.of("auto", "docker", "embedded"), problems);
    oneOf("optimizeFor", given.optimizeFor(), List.of("pull", "disk"), problems);
    oneOf("target", given.target(), List.of("builder", "test", "runtime"), problems);
    oneOf(
        "compression",
        given.output().compression() == null ? "gzip" : given.output().compression(),
        List.of("gzip", "zstd", "none"),
        problems);
    oneOf(
        "docker.builder",
        given.docker().builder() == null ? "auto" : given.docker().builder(),
        List.of("auto", "buildkit", "classic"),
        problems);
  }

  private static void oneOf(String parameter, String value, List<String> words, Problems problems) {
    if (!words.contains(value)) {
      problems.add(parameter, value, "one of " + String.join(", ", words), "choose one of them");
    }
  }
}
