package io.slimimage.maven;

import java.util.Map;

/** How registries are reached, as the POM's {@code <registry>} element has it. */
public class RegistryParameters {

  /**
   * The user at the registry of {@code slimimage.image}, together with {@code password}. The
   * default is what {@code settings.xml}, Docker or Podman know.
   */
  private String username;

  /**
   * The password of {@code username}. A POM is no place for it, since everybody can read it there,
   * and Maven prints it with {@code -X}.
   */
  private String password;

  /**
   * A file in PEM, relative to the module, with certificates that registries are trusted by besides
   * those of Java. There is none by default.
   */
  private String ca;

  /**
   * Registries to read from instead of another one, by the name of that: a host, with a path where
   * it needs one, or several with commas between them. There are none by default.
   */
  private Map<String, String> mirrors;

  /**
   * How many seconds a registry may leave a request without a byte of an answer, or of progress.
   * The default is 60.
   */
  private String timeout;

  String username() {
    return username;
  }

  String password() {
    return password;
  }

  String ca() {
    return ca;
  }

  Map<String, String> mirrors() {
    return mirrors == null ? Map.of() : mirrors;
  }

  String timeout() {
    return timeout;
  }
}
