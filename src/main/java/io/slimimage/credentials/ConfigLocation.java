package io.slimimage.credentials;

import io.slimimage.credentials.DockerConfig.Dialect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A file that may hold registry credentials. */
record ConfigLocation(Path file, Dialect dialect) {

  /**
   * Returns the files that exist, in the order in which they are asked: Docker's, then Podman's.
   *
   * <p>As for the tools themselves, a variable that names a place replaces the usual places, and a
   * legacy file counts only where its successor is missing.
   */
  static List<ConfigLocation> existing(UserEnvironment environment) {
    return Stream.concat(docker(environment), containers(environment)).distinct().toList();
  }

  private static Stream<ConfigLocation> docker(UserEnvironment environment) {
    Optional<Path> configured = environment.path("DOCKER_CONFIG");
    if (configured.isPresent()) {
      return firstExisting(inDockerDirectory(configured.get()));
    }
    return environment.homes().stream()
        .flatMap(
            home -> {
              List<ConfigLocation> candidates =
                  new ArrayList<>(inDockerDirectory(home.resolve(".docker")));
              candidates.add(new ConfigLocation(home.resolve(".dockercfg"), Dialect.LEGACY));
              return firstExisting(candidates);
            });
  }

  /** Kubernetes mounts a registry secret under the name of its key, {@code .dockerconfigjson}. */
  private static List<ConfigLocation> inDockerDirectory(Path directory) {
    return List.of(
        new ConfigLocation(directory.resolve("config.json"), Dialect.DOCKER),
        new ConfigLocation(directory.resolve(".dockerconfigjson"), Dialect.DOCKER),
        new ConfigLocation(directory.resolve(".dockercfg"), Dialect.LEGACY));
  }

  private static Stream<ConfigLocation> containers(UserEnvironment environment) {
    Optional<Path> configured = environment.path("REGISTRY_AUTH_FILE");
    if (configured.isPresent()) {
      return existing(configured.stream());
    }
    Stream<Path> userDirectories =
        environment
            .path("XDG_CONFIG_HOME")
            .map(Stream::of)
            .orElseGet(() -> environment.homes().stream().map(home -> home.resolve(".config")));
    return existing(
        Stream.concat(environment.path("XDG_RUNTIME_DIR").stream(), userDirectories)
            .map(directory -> directory.resolve("containers").resolve("auth.json")));
  }

  private static Stream<ConfigLocation> existing(Stream<Path> files) {
    return files.filter(Files::exists).map(file -> new ConfigLocation(file, Dialect.CONTAINERS));
  }

  private static Stream<ConfigLocation> firstExisting(List<ConfigLocation> candidates) {
    return candidates.stream().filter(it -> Files.exists(it.file())).limit(1);
  }
}
