package io.slimimage.credentials;

import io.slimimage.credentials.JsonFields.MalformedJsonException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What one configuration file knows about registries.
 *
 * @see <a href="https://docs.docker.com/reference/cli/docker/login/">docker login</a>
 * @see <a href="https://github.com/containers/image/blob/main/docs/containers-auth.json.5.md">
 *     containers-auth.json</a>
 */
final class DockerConfig {

  private static final int NO_MATCH = Integer.MAX_VALUE;

  /** The dialects, which share the entries and differ in what is around and in front of them. */
  enum Dialect {
    /** {@code config.json}. */
    DOCKER,
    /** {@code .dockercfg}: nothing but the entries. */
    LEGACY,
    /** {@code auth.json} of Podman, Skopeo and Buildah, whose keys may name one repository. */
    CONTAINERS
  }

  private final Dialect dialect;
  private final Map<String, String> helpers;
  private final String store;
  private final Map<String, JsonFields> entries;

  private DockerConfig(JsonFields root, Dialect dialect) {
    this.dialect = dialect;
    this.helpers = root.texts("credHelpers");
    this.store = root.text("credsStore");
    this.entries = dialect == Dialect.LEGACY ? root.objects() : root.objects("auths");
  }

  static DockerConfig parse(byte[] json, Dialect dialect) throws MalformedJsonException {
    return new DockerConfig(JsonFields.parse(json), dialect);
  }

  /**
   * Returns the credential helpers to ask for a registry, its own one before the general one.
   *
   * <p>A registry whose own helper is the empty string is one that the user keeps in the file.
   */
  List<String> helpers(RegistryName registry) {
    List<String> own = keys(helpers.keySet(), registry).map(helpers::get).toList();
    if (own.contains("")) {
      return List.of();
    }
    return Stream.concat(own.stream(), Stream.of(store))
        .filter(name -> !name.isEmpty())
        .distinct()
        .toList();
  }

  /** Returns the entries of a registry, the best match first. */
  List<JsonFields> entries(RegistryName registry) {
    return keys(entries.keySet(), registry).map(entries::get).toList();
  }

  private Stream<String> keys(Collection<String> keys, RegistryName registry) {
    return keys.stream()
        .filter(key -> rank(key, registry) != NO_MATCH)
        .sorted(Comparator.comparingInt(key -> rank(key, registry)));
  }

  private int rank(String key, RegistryName registry) {
    if (key.equals(registry.serverAddress())) {
      return 0;
    }
    if (!RegistryName.of(key).equals(registry)) {
      return NO_MATCH;
    }
    String path = RegistryName.pathOf(key);
    if (path.isEmpty() || path.equals("v1") || path.equals("v2")) {
      return 1;
    }
    // Docker cuts any path off. For Podman it names a repository, and Docker Desktop keeps tokens
    // of its own under https://index.docker.io/v1/access-token.
    return dialect == Dialect.CONTAINERS || registry.isDockerHub() ? NO_MATCH : 2;
  }
}
