package io.slimimage.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.HostConfig;
import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Reads the files of an image by exporting a container of it. The container is never started, and
 * removed at the end in any case but one: that the engine does not answer any more.
 */
final class ImageExport {

  /** Marks the containers, so that those of a JVM that was killed can be found and removed. */
  static final String LABEL = "io.slimimage.export";

  private final EngineClient client;
  private final String image;
  private final BuildLog log;

  /** Ours, so that the container can be removed even where the answer with its id is lost. */
  private final String container = "slimimage-export-" + UUID.randomUUID();

  ImageExport(EngineClient client, String image, BuildLog log) {
    this.client = client;
    this.image = image;
    this.log = log;
  }

  <T> T read(ImageReader<T> reader) {
    Thread hook = new Thread(this::remove, "slimimage-export-end");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      create();
      return export(reader);
    } finally {
      // The client refuses to work for an interrupted thread.
      boolean interrupted = Thread.interrupted();
      remove();
      removeHook(hook);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private String action() {
    return "read the files of image [" + image + "]";
  }

  private void create() {
    log.debug("Image [" + image + "] is read as container [" + container + "]");
    CreateContainerCmd command =
        client
            .docker()
            .createContainerCmd(image)
            .withName(container)
            // An image without a command is refused, although nothing ever runs it.
            .withCmd("none")
            .withLabels(Map.of(LABEL, image))
            .withHostConfig(HostConfig.newHostConfig().withNetworkMode("none"));
    call(command::exec);
  }

  private <T> T export(ImageReader<T> reader) {
    try (InputStream tar = call(client.docker().exportContainerCmd(container)::exec)) {
      return reader.read(new InterruptibleStream(tar));
    } catch (InterruptibleStream.InterruptedRead e) {
      throw new BuildCancelledException();
    } catch (IOException e) {
      throw EngineFailures.lost(action(), client.address(), e);
    }
  }

  private <T> T call(Supplier<T> call) {
    try {
      return call.get();
    } catch (RuntimeException e) {
      throw EngineFailures.of(action(), client.address(), e);
    }
  }

  private void remove() {
    try {
      client
          .docker()
          .removeContainerCmd(container)
          .withForce(true)
          // Those that the image declares were made with the container.
          .withRemoveVolumes(true)
          .exec();
    } catch (NotFoundException | ConflictException e) {
      // It was never made, or is being removed already.
    } catch (RuntimeException e) {
      log.warn(
          SlimImageException.advise(
              "The engine could not remove container ["
                  + container
                  + "]: "
                  + EngineFailures.reason(e),
              "remove it by [docker rm -v " + container + "]"));
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is shutting down already, and the hook does the same as this thread.
    }
  }
}
