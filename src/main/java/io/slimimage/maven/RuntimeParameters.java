package io.slimimage.maven;

import java.util.List;

/** The parameters that say which Java runtime the image gets, as they were given. */
record RuntimeParameters(
    String runtime,
    String baseImage,
    ModulesParameters modules,
    List<String> locales,
    List<String> caCertificates,
    String cache) {

  RuntimeParameters {
    locales = locales == null ? List.of() : List.copyOf(locales);
    caCertificates = caCertificates == null ? List.of() : List.copyOf(caCertificates);
  }
}
