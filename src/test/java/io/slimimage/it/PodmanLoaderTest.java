package io.slimimage.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.slimimage.RecordedLog;
import io.slimimage.blob.Compression;
import io.slimimage.docker.DockerEngine;
import io.slimimage.docker.EngineEnvironment;
import io.slimimage.docker.EngineLocator;
import io.slimimage.image.BuiltImage;
import io.slimimage.output.EngineLoader;
import io.slimimage.output.EngineLoader.Loaded;
import io.slimimage.output.SampleImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Podman as the engine that images are loaded into, by the socket that it offers for that. */
@RequiresCommands("podman")
@Timeout(120)
class PodmanLoaderTest {

  @TempDir Path temp;

  private final RecordedLog log = new RecordedLog();
  private final long seed = ThreadLocalRandom.current().nextLong();
  private final String name = "slimimage-it/podman-" + Long.toHexString(seed);
  private final String first = name + ":1";
  private final String second = name + ":2";
  private final List<BuiltImage> loaded = new ArrayList<>();
  private Process service;
  private DockerEngine connection;
  private EngineLoader loader;

  @BeforeEach
  void connect() throws IOException, InterruptedException {
    Path socket = temp.resolve("podman.sock");
    service =
        new ProcessBuilder("podman", "system", "service", "--time=0", "unix://" + socket)
            .redirectErrorStream(true)
            .redirectOutput(temp.resolve("service.log").toFile())
            .start();
    connection = connect(socket);
    loader = new EngineLoader(connection, log);
  }

  private DockerEngine connect(Path socket) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!Files.exists(socket)) {
      if (!service.isAlive() || System.nanoTime() > deadline) {
        throw new AssertionError(Files.readString(temp.resolve("service.log")));
      }
      Thread.sleep(20);
    }
    Map<String, String> variables = Map.of("DOCKER_HOST", "unix://" + socket);
    EngineEnvironment environment = new EngineEnvironment(variables, temp, temp, false);
    return new EngineLocator(environment, Duration.ofSeconds(10), log).connect();
  }

  private Loaded load(BuiltImage image) throws IOException {
    loaded.add(image);
    return loader.load(image);
  }

  @AfterEach
  void stop() throws Exception {
    if (connection != null) {
      connection.close();
    }
    for (BuiltImage image : loaded) {
      Command.run("podman", "rmi", "--ignore", "--force", image.id().hex());
    }
    service.destroy();
    service.waitFor();
  }

  @ParameterizedTest
  @EnumSource
  void hasTheSameImageUnderAllNames(Compression compression) throws Exception {
    BuiltImage image = SampleImage.in(temp, compression, seed).printing("hello\n", first, second);

    Loaded sent = load(image);

    assertThat(sent.layersSent()).isEqualTo(3);
    for (String reference : new String[] {first, second}) {
      assertThat(
              Command.run(
                  "podman",
                  "image",
                  "inspect",
                  "--format={{.Id}} {{.Digest}}",
                  "docker.io/" + reference))
          .isEqualTo(image.id().hex() + " " + image.digest() + "\n");
      assertThat(Command.run("podman", "run", "--rm", "--network", "none", reference))
          .isEqualTo("hello\n");
    }
  }

  @Test
  void getsNothingThatItHas() throws Exception {
    SampleImage images = SampleImage.in(temp, Compression.GZIP, seed);
    load(images.printing("hello\n", first));

    assertThat(load(images.printing("hello\n", first))).isEqualTo(new Loaded(0, 0));
    assertThat(load(images.printing("hello\n", first, second))).isEqualTo(new Loaded(0, 0));
    assertThat(Command.run("podman", "run", "--rm", "--network", "none", second))
        .isEqualTo("hello\n");

    assertThat(load(images.printing("goodbye\n", first)).layersSent()).isEqualTo(3);
    assertThat(Command.run("podman", "run", "--rm", "--network", "none", first))
        .isEqualTo("goodbye\n");
  }
}
