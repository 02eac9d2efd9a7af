package io.slimimage.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slimimage.SlimImageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The Docker client's contexts: named engines, with their TLS keys.
 *
 * @param directory where {@code config.json} and {@code contexts/} are
 * @see <a href="https://docs.docker.com/engine/manage-resources/contexts/">Docker contexts</a>
 */
record DockerContexts(Path directory) {

  /** The context that stands for the environment and the default socket. */
  private static final String DEFAULT = "default";

  /** Returns what {@code docker context use} chose, unless it is the default one. */
  Optional<String> current() throws IOException {
    Path config = directory.resolve("config.json");
    if (!Files.isRegularFile(config)) {
      return Optional.empty();
    }
    String name = new ObjectMapper().readTree(config.toFile()).path("currentContext").asText();
    return Optional.of(name).filter(DockerContexts::isNamed);
  }

  static boolean isNamed(String context) {
    return !context.isBlank() && !context.equals(DEFAULT);
  }

  /**
   * Returns where the engine of a context listens.
   *
   * @param origin what names the context, for messages
   * @throws EngineException if there is no such context, or if its engine cannot be reached
   */
  EngineAddress address(String name, String origin) {
    String id = sha256(name);
    Path meta = directory.resolve("contexts").resolve("meta").resolve(id).resolve("meta.json");
    String described = origin + " [" + name + "]";
    if (!Files.isRegularFile(meta)) {
      throw new EngineException(
          SlimImageException.advise(
              described + " does not exist in [" + directory + "]",
              "choose one that [docker context ls] shows"));
    }
    JsonNode endpoint = read(meta, described).path("Endpoints").path("docker");
    String host = endpoint.path("Host").asText();
    if (host.isEmpty()) {
      throw new EngineException(described + " has no endpoint [docker] with a host in " + meta);
    }
    Path keys = directory.resolve("contexts").resolve("tls").resolve(id).resolve("docker");
    return EngineAddress.parse(host, described, Files.isDirectory(keys) ? keys : null);
  }

  private static JsonNode read(Path meta, String described) {
    try {
      return new ObjectMapper().readTree(meta.toFile());
    } catch (IOException e) {
      throw new EngineException(described + " cannot be read from [" + meta + "]", e);
    }
  }

  private static String sha256(String name) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(name.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
