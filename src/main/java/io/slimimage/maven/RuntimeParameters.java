package io.slimimage.maven;

import java.util.List;
import java.util.stream.Stream;

/** The parameters that say which Java runtime the image gets, as they were given. */
record RuntimeParameters(
    String runtime,
    String baseImage,
    List<String> platforms,
    ModulesParameters modules,
    List<String> locales,
    List<String> caCertificates,
    String cache) {

  RuntimeParameters {
    platforms = platforms == null ? List.of() : List.copyOf(platforms);
    locales = locales == null ? List.of() : List.copyOf(locales);
    caCertificates = caCertificates == null ? List.of() : List.copyOf(caCertificates);
  }

  /** Returns whether the user wants a runtime that is linked, or says what to link. */
  boolean asksForLinked() {
    return is(runtime, RuntimeChoice.JLINK)
        || is(baseImage, RuntimeChoice.SCRATCH)
        || Stream.of(modules.only(), modules.add(), modules.exclude(), locales, caCertificates)
            .anyMatch(named -> !named.isEmpty());
  }

  private static boolean is(String value, String word) {
    return value != null && value.strip().equals(word);
  }
}
