package io.slimimage.it;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A container that runs until it is stopped; closing it removes it, whatever has become of it. */
final class RunningContainer implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final DockerClient client;
  private final String id;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  private RunningContainer(DockerClient client, String id) {
    this.client = client;
    this.id = id;
  }

  static RunningContainer start(DockerClient client, String reference, ContainerSettings settings) {
    List<String> env =
        settings.env().entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
    String id =
        client
            .createContainerCmd(reference)
            .withEnv(env)
            .withHostConfig(hostConfig(settings))
            .exec()
            .getId();
    RunningContainer container = new RunningContainer(client, id);
    try {
      client.startContainerCmd(id).exec();
      return container;
    } catch (RuntimeException e) {
      container.close();
      throw e;
    }
  }

  private static HostConfig hostConfig(ContainerSettings settings) {
    List<Bind> binds =
        settings.files().entrySet().stream()
            .map(e -> new Bind(e.getValue().toString(), new Volume(e.getKey()), AccessMode.ro))
            .toList();
    HostConfig config =
        HostConfig.newHostConfig()
            .withNetworkMode(settings.network())
            .withBinds(binds)
            .withDns(settings.dns().toArray(String[]::new))
            .withReadonlyRootfs(settings.readOnly());
    return settings.readOnly() ? config.withTmpFs(Map.of("/tmp", settings.tmpfsOptions())) : config;
  }

  /** Asks until something listens: a program may take a while to start, but not for ever. */
  HttpResponse<byte[]> get(URI address) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(20)).GET().build();
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (true) {
      try {
        return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      } catch (ConnectException e) {
        if (!isRunning()) {
          throw new AssertionError("the container ended before it answered:\n" + log(), e);
        }
        if (System.nanoTime() > deadline) {
          throw new AssertionError("nothing listens at " + address + ":\n" + log(), e);
        }
        Thread.sleep(PAUSE.toMillis());
      }
    }
  }

  /**
   * Stops the container by its stop signal.
   *
   * @param limit after which the engine kills it
   * @return the exit code of the process, 137 if it had to be killed
   */
  int stop(Duration limit) {
    client.stopContainerCmd(id).withTimeout((int) limit.toSeconds()).exec();
    return state().getExitCodeLong().intValue();
  }

  /** Waits until the container ends by itself, and returns the exit code of its process. */
  int await() {
    return client
        .waitContainerCmd(id)
        .start()
        .awaitStatusCode(START_LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  /** Returns what the container has written. */
  String log() throws InterruptedException {
    StringBuilder text = new StringBuilder();
    client
        .logContainerCmd(id)
        .withStdOut(true)
        .withStdErr(true)
        .exec(
            new ResultCallback.Adapter<>() {
              @Override
              public void onNext(Frame frame) {
                text.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
              }
            })
        .awaitCompletion(10, TimeUnit.SECONDS);
    return text.toString();
  }

  @Override
  public void close() {
    client.removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec();
  }

  private boolean isRunning() {
    return Boolean.TRUE.equals(state().getRunning());
  }

  private InspectContainerResponse.ContainerState state() {
    return client.inspectContainerCmd(id).exec().getState();
  }
}
