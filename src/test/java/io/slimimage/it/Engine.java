package io.slimimage.it;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The Docker Engine that the tests run against, asked through the library and not through our own
 * client, so that a mistake of ours cannot hide itself.
 */
final class Engine implements Closeable {

  private final URI address;
  private final DockerClient client;

  private Engine(URI address, DockerClient client) {
    this.address = address;
    this.client = client;
  }

  /** Returns the engine of the environment ({@code DOCKER_HOST}, contexts), which need not run. */
  static Engine ofEnvironment() {
    DockerClientConfig config =
        DefaultDockerClientConfig.createDefaultConfigBuilder()
            // A version in a stale ~/.docker-java.properties would be refused by newer engines.
            .withApiVersion((String) null)
            .build();
    ZerodepDockerHttpClient http =
        new ZerodepDockerHttpClient.Builder()
            .dockerHost(config.getDockerHost())
            .sslConfig(config.getSSLConfig())
            .connectionTimeout(Duration.ofSeconds(5))
            .responseTimeout(Duration.ofMinutes(2))
            .build();
    return new Engine(config.getDockerHost(), DockerClientImpl.getInstance(config, http));
  }

  /** Returns where the engine listens. */
  URI address() {
    return address;
  }

  /** Returns whether the engine answers. */
  boolean answers() {
    // The client would tell of its retries at INFO, for each sample again.
    if ("unix".equals(address.getScheme()) && !Files.exists(Path.of(address.getPath()))) {
      return false;
    }
    try {
      client.pingCmd().exec();
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  /** Returns what the engine says about an image. */
  InspectImageResponse inspect(String reference) {
    return client.inspectImageCmd(reference).exec();
  }

  /** Returns the diff IDs of an image's layers, the lowest first; {@code scratch} has none. */
  List<String> diffIds(String reference) {
    return reference.equals("scratch")
        ? List.of()
        : List.copyOf(inspect(reference).getRootFS().getLayers());
  }

  /** Reads an image, with the layers of its base image. */
  SavedImage save(String reference) throws IOException {
    try (InputStream archive = client.saveImageCmd(reference).exec()) {
      return SavedImage.read(archive);
    }
  }

  /** Returns how many bytes the layers of an image have in a registry, each compressed by gzip. */
  long pullSize(String reference) throws IOException {
    try (InputStream archive = client.saveImageCmd(reference).exec()) {
      return PullSize.of(archive);
    }
  }

  /**
   * Reads text files of an image.
   *
   * @param path a file, or a directory with files
   * @return the texts by the names of their files
   */
  SortedMap<String, String> texts(String reference, String path) throws IOException {
    String id = client.createContainerCmd(reference).exec().getId();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(client.copyArchiveFromContainerCmd(id, path).exec())) {
      SortedMap<String, String> texts = new TreeMap<>();
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.isFile()) {
          String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
          texts.put(name, new String(tar.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
      return texts;
    } finally {
      client.removeContainerCmd(id).exec();
    }
  }

  /** Returns whether layers can be sent to the engine without those that it has. */
  boolean takesSingleLayers() {
    Info info = client.infoCmd().exec();
    boolean podman = client.versionCmd().exec().getRawValues().toString().contains("Podman");
    return !podman && !String.valueOf(info.getDriverStatuses()).contains("io.containerd.");
  }

  /** Loads an archive as {@code docker load} does. */
  void load(Path archive) throws IOException {
    try (InputStream in = Files.newInputStream(archive)) {
      client.loadImageCmd(in).exec();
    }
  }

  /** Gives an image one more name. */
  void tag(String image, String repository, String tag) {
    client.tagImageCmd(image, repository, tag).exec();
  }

  /** Takes names away from images, those that there are. */
  void remove(String... references) {
    for (String reference : references) {
      try {
        client.removeImageCmd(reference).withForce(true).exec();
      } catch (NotFoundException e) {
        // The test has not come so far.
      }
    }
  }

  /** Starts a container of an image. */
  RunningContainer run(String reference, ContainerSettings settings) {
    return RunningContainer.start(client, reference, settings);
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
