package io.slimimage.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Request.Method;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.slimimage.SlimImageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The connection to one engine: docker-java's client, and its transport for what that lacks. */
final class EngineClient implements AutoCloseable {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final int MAX_ANSWER = 1 << 20;

  private final EngineAddress address;
  private final EngineConfig config;
  private final Duration timeout;
  private final DockerHttpClient transport;
  private final DockerClient docker;

  private EngineClient(EngineAddress address, EngineConfig config, Duration timeout) {
    TransportLogs.quieten();
    this.address = address;
    this.config = config;
    this.timeout = timeout;
    this.transport = newTransport();
    this.docker = DockerClientImpl.getInstance(config, transport);
  }

  /**
   * Prepares the connection; nothing is sent yet.
   *
   * @param apiVersion the version to pin; by default the engine's newest, since every fixed version
   *     is refused by some engines
   * @param timeout for connecting and for each answer, or null to wait as long as a build takes
   */
  static EngineClient open(EngineAddress address, Optional<String> apiVersion, Duration timeout) {
    RemoteApiVersion version =
        apiVersion.map(EngineClient::parse).orElse(RemoteApiVersion.unknown());
    Path certificates = address.certificates();
    EngineConfig config =
        new EngineConfig(
            address.uri(), version, certificates == null ? null : ClientKeys.read(certificates));
    try {
      return new EngineClient(address, config, timeout);
    } catch (RuntimeException e) {
      throw new EngineException(EngineFailures.reason(e), e);
    }
  }

  private static RemoteApiVersion parse(String version) {
    try {
      return RemoteApiVersion.parseConfig(version);
    } catch (RuntimeException e) {
      throw new EngineException(
          SlimImageException.advise(
              "DOCKER_API_VERSION [" + version + "] is not a version",
              "unset it or use the form 1.41"),
          e);
    }
  }

  EngineAddress address() {
    return address;
  }

  DockerClient docker() {
    return docker;
  }

  /** Returns a transport of its own, for a request that may have to be cut off; to be closed. */
  DockerHttpClient newTransport() {
    ZerodepDockerHttpClient.Builder builder =
        new ZerodepDockerHttpClient.Builder()
            .dockerHost(config.getDockerHost())
            .sslConfig(config.getSSLConfig())
            .connectionTimeout(timeout == null ? CONNECT_TIMEOUT : timeout);
    return timeout == null ? builder.build() : builder.responseTimeout(timeout).build();
  }

  /** Returns the path of a request in the pinned version of the API. */
  String path(String path) {
    RemoteApiVersion version = config.getApiVersion();
    return version.equals(RemoteApiVersion.unknown()) ? path : "/" + version.asWebPathPart() + path;
  }

  /** Asks the engine what it is. */
  EngineInfo info() {
    try (DockerHttpClient.Response ping = get("/_ping")) {
      if (ping.getStatusCode() != 200) {
        throw new EngineException("the answer is HTTP status " + ping.getStatusCode());
      }
      String builder = header(ping, "Builder-Version");
      boolean podman = !header(ping, "Libpod-Api-Version").isEmpty();
      JsonNode version = version();
      return new EngineInfo(
          version.path("Version").asText(),
          version.path("ApiVersion").asText(header(ping, "Api-Version")),
          version.path("Os").asText(header(ping, "OSType")),
          version.path("Arch").asText(),
          builder,
          podman);
    } catch (IOException e) {
      throw new EngineException(EngineFailures.reason(e), e);
    }
  }

  private JsonNode version() throws IOException {
    return json(path("/version")).orElseThrow(() -> new EngineException("it has no version"));
  }

  /** Asks for an image by its name or id. */
  Optional<KnownImage> image(String idOrReference) {
    try {
      return json(path("/images/" + idOrReference + "/json")).map(KnownImage::of);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (EngineException e) {
      throw new EngineException(
          "The engine cannot inspect image [" + idOrReference + "]: " + e.getMessage(), e);
    }
  }

  /** Returns the answer to a request, or nothing where the engine has not what it asks for. */
  private Optional<JsonNode> json(String path) throws IOException {
    try (DockerHttpClient.Response response = get(path)) {
      String body = text(response);
      if (response.getStatusCode() == 404) {
        return Optional.empty();
      }
      if (response.getStatusCode() != 200) {
        throw new EngineException(EngineFailures.engineMessage(body));
      }
      return Optional.of(new ObjectMapper().readTree(body));
    }
  }

  private DockerHttpClient.Response get(String path) {
    return transport.execute(Request.builder().method(Method.GET).path(path).build());
  }

  /** Returns the beginning of an answer's body as text. */
  static String text(DockerHttpClient.Response response) throws IOException {
    InputStream body = response.getBody();
    return new String(body.readNBytes(MAX_ANSWER), StandardCharsets.UTF_8);
  }

  /** HTTP's header names have no case, docker-java's map has. */
  private static String header(DockerHttpClient.Response response, String name) {
    return response.getHeaders().entrySet().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .flatMap(List::stream)
        .findFirst()
        .orElse("");
  }

  @Override
  public void close() {
    try {
      docker.close();
      transport.close();
    } catch (IOException e) {
      throw new EngineException("The connection to " + address + " could not be closed", e);
    }
  }
}
