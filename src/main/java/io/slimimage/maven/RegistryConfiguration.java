package io.slimimage.maven;

import io.slimimage.credentials.RegistryName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The parameters that say how registries are reached, checked and with their defaults.
 *
 * @param insecure hosts, with their port where they have one, that may do without TLS
 * @param authorities a PEM file of certificates that are trusted besides Java's own
 * @param mirrors hosts with paths, by the registry that they stand for
 * @param idle how long to wait for the next byte
 */
record RegistryConfiguration(
    Set<String> insecure,
    Optional<Path> authorities,
    Map<String, List<String>> mirrors,
    Duration idle) {

  private static final int DEFAULT_TIMEOUT = 60;
  private static final String HTTPS = "https://";

  /** Most builds set none of these, and need not wait for it. */
  private static final class Syntax {
    private static final String AUTHORITY = "([a-z0-9_.-]+|\\[[0-9a-f:]+])(:[0-9]{1,5})?";
    static final Pattern HOST = Pattern.compile(AUTHORITY);
    static final Pattern MIRROR = Pattern.compile(AUTHORITY + "(/[a-z0-9._-]+)*");
  }

  /**
   * Checks the parameters.
   *
   * @param module what names of files are relative to
   */
  static RegistryConfiguration of(Parameters given, Path module, Problems problems) {
    RegistryParameters registry = given.registry();
    return new RegistryConfiguration(
        insecure(given.insecureRegistries(), problems),
        authorities(registry.ca(), module, problems),
        mirrors(registry.mirrors(), problems),
        Duration.ofSeconds(timeout(registry.timeout(), problems)));
  }

  private static Set<String> insecure(List<String> hosts, Problems problems) {
    Set<String> insecure = new LinkedHashSet<>();
    for (String host : hosts) {
      String name = host.strip().toLowerCase(Locale.ROOT);
      if (Syntax.HOST.matcher(name).matches()) {
        insecure.add(name);
      } else {
        problems.add(
            "insecureRegistries",
            host,
            "the host of a registry, with its port where it has one",
            "write registry.example:5000");
      }
    }
    return insecure;
  }

  private static Optional<Path> authorities(String file, Path module, Problems problems) {
    if (file == null || file.isBlank()) {
      return Optional.empty();
    }
    Path path = module.resolve(file.strip());
    if (!Files.isReadable(path) || Files.isDirectory(path)) {
      problems.add(
          "registry.ca", file, "a file with certificates in PEM", "correct its path: " + path);
    }
    return Optional.of(path);
  }

  private static Map<String, List<String>> mirrors(Map<String, String> given, Problems problems) {
    Map<String, List<String>> mirrors = new LinkedHashMap<>();
    given.forEach(
        (registry, value) -> {
          List<String> hosts = new ArrayList<>();
          for (String mirror : ParameterReader.split(value)) {
            String name = mirror.startsWith(HTTPS) ? mirror.substring(HTTPS.length()) : mirror;
            name = name.replaceAll("/+$", "").toLowerCase(Locale.ROOT);
            if (Syntax.MIRROR.matcher(name).matches()) {
              hosts.add(name);
            } else {
              problems.add(
                  "registry.mirrors." + registry,
                  mirror,
                  "a host, with a path where the mirror needs one",
                  "write mirror.example or mirror.example:5000/path, and add a mirror without TLS"
                      + " to 'slimimage.insecureRegistries'");
            }
          }
          mirrors.put(RegistryName.of(registry).authority(), hosts);
        });
    return mirrors;
  }

  private static int timeout(String value, Problems problems) {
    if (value == null || value.isBlank()) {
      return DEFAULT_TIMEOUT;
    }
    String text = value.strip();
    boolean number = text.length() <= 6 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!number || Integer.parseInt(text) == 0) {
      problems.add("registry.timeout", value, "a number of seconds above 0", "write 60");
      return DEFAULT_TIMEOUT;
    }
    return Integer.parseInt(text);
  }
}
