package io.slimimage.docker;

import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ImageHistory;
import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
import io.slimimage.credentials.Credentials;
import io.slimimage.dockerfile.BuildContext;
import io.slimimage.image.ImageReference;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A Docker Engine, or another one with its API, that has answered. Use it from one thread; only a
 * {@link BuildCancellation} may come from another.
 */
public final class DockerEngine implements AutoCloseable {

  private final EngineClient client;
  private final EngineInfo info;
  private final BuildLog log;

  DockerEngine(EngineClient client, EngineInfo info, BuildLog log) {
    this.client = client;
    this.info = info;
    this.log = log;
  }

  /** Returns what the engine says about itself. */
  public EngineInfo info() {
    return info;
  }

  /** Returns where the engine listens and what named that address. */
  public String address() {
    return client.address().toString();
  }

  /** Returns whether the engine has an image of this name or id, without asking a registry. */
  public boolean hasImage(String idOrReference) {
    return find(idOrReference).isPresent();
  }

  /** Tells which image the engine has under a name or id, without asking a registry. */
  public Optional<KnownImage> find(String idOrReference) {
    return call("inspect image [" + idOrReference + "]", () -> client.image(idOrReference));
  }

  /**
   * Describes an image.
   *
   * @throws EngineException if the engine does not have it
   */
  public EngineImage inspect(String idOrReference) {
    try {
      InspectImageResponse image =
          call(
              "inspect image [" + idOrReference + "]",
              () -> client.docker().inspectImageCmd(idOrReference).exec());
      return ImageInspection.image(image, history(image.getId()));
    } catch (EngineException e) {
      if (e.getCause() instanceof NotFoundException) {
        throw new EngineException(
            SlimImageException.advise(
                "The engine has no image [" + idOrReference + "]", "pull or build it first"));
      }
      throw e;
    }
  }

  private Optional<InspectImageResponse> query(String idOrReference) {
    return call(
        "inspect image [" + idOrReference + "]",
        () -> {
          try {
            return Optional.of(client.docker().inspectImageCmd(idOrReference).exec());
          } catch (NotFoundException e) {
            return Optional.empty();
          }
        });
  }

  /** The history only adds sizes: an engine without it is no reason to fail. */
  private List<ImageHistory> history(String id) {
    try {
      return client.docker().imageHistoryCmd(id).exec();
    } catch (DockerException e) {
      log.debug("The engine has no history of image " + id + ": " + e.getMessage());
      return List.of();
    }
  }

  /**
   * Reads the file system of an image, without starting anything; an interrupt ends it. The engine
   * sends all of the image's bytes, so it takes a second for about 300 MB.
   *
   * @throws EngineException if the engine does not have the image, or the connection broke
   * @throws BuildCancelledException if the calling thread was interrupted
   */
  public <T> T readFiles(String idOrReference, ImageReader<T> reader) {
    return new ImageExport(client, idOrReference, log).read(reader);
  }

  /**
   * Pulls an image from its registry.
   *
   * @param credentials for the image's registry
   * @throws EngineException if the registry does not have it, refuses it or cannot be reached
   */
  public void pull(
      ImageReference reference, Optional<Credentials> credentials, PullProgress progress) {
    new ImagePull(client, reference, credentials).run(progress);
  }

  /**
   * Pushes an image to the registry of its name.
   *
   * @param reference the name, with a tag
   * @param credentials for the image's registry
   * @throws EngineException if the engine does not have the image, or the registry refuses it or
   *     cannot be reached
   * @throws BuildCancelledException if the calling thread was interrupted
   */
  public PushedImage push(ImageReference reference, Optional<Credentials> credentials) {
    return new ImagePush(client, reference, credentials, log).run();
  }

  /**
   * Gives an image one more name.
   *
   * @param reference the name, with a tag
   */
  public void tag(String idOrReference, ImageReference reference) {
    call(
        "tag image [" + idOrReference + "] as [" + reference + "]",
        () ->
            client
                .docker()
                .tagImageCmd(idOrReference, reference.familiarName(), reference.tag())
                .exec());
  }

  /**
   * Loads an image from an archive; an interrupt of the calling thread ends it.
   *
   * @param archive is written as the engine takes it
   * @throws EngineException if the engine refuses the archive, or the connection broke
   * @throws BuildCancelledException if the calling thread was interrupted
   */
  public void load(BuildContext archive) {
    new ImageLoad(client, archive, log).run();
  }

  /**
   * Reads the archive of an image with all its layers, as {@code docker save} writes it; an
   * interrupt ends it.
   *
   * @param reader gets the archive; what it throws comes out of this method
   * @throws EngineException if the engine does not have the image, or the connection broke
   * @throws BuildCancelledException if the calling thread was interrupted
   */
  public <T> T save(String idOrReference, ImageReader<T> reader) {
    return new ImageSave(client, idOrReference).read(reader);
  }

  /**
   * Removes a name of an image, and an image that has no other name with what of it no other image
   * shares.
   */
  public void removeImage(String idOrReference) {
    call(
        "remove image [" + idOrReference + "]",
        () -> client.docker().removeImageCmd(idOrReference).exec());
  }

  /**
   * Builds an image; an interrupt of the calling thread cancels the build.
   *
   * <p>The images that the Dockerfile starts from must be in the engine: BuildKit cannot
   * authenticate to a registry here, not even for anonymous access to Docker Hub.
   *
   * @param context is written a second time where BuildKit turns out not to work
   * @param progress hears of every step
   * @param cancellation ends the build from another thread
   * @return the image's full id, {@code sha256:…}
   * @throws BuildFailedException if a step failed
   * @throws BuildCancelledException if the build was cancelled
   * @throws EngineException if the engine refused the request, or the connection broke
   */
  public String build(
      BuildRequest request,
      BuildContext context,
      BuildProgress progress,
      BuildCancellation cancellation) {
    EngineBuild build = new EngineBuild(client, request, context, progress, log);
    EngineBuilder builder = request.builder();
    boolean buildKit = builder == EngineBuilder.AUTO && info.supportsBuildKit();
    try {
      return build.run(buildKit || builder == EngineBuilder.BUILDKIT, cancellation);
    } catch (EngineBuild.UnsuitableBuilderException e) {
      if (builder == EngineBuilder.BUILDKIT) {
        throw e.failure();
      }
      log.warn(
          "BuildKit cannot build this image ("
              + e.getMessage()
              + "); the engine's classic builder is used, which is slower");
      return build.run(false, cancellation);
    }
  }

  /** Builds an image without a way to cancel other than an interrupt. */
  public String build(BuildRequest request, BuildContext context, BuildProgress progress) {
    return build(request, context, progress, new BuildCancellation());
  }

  private <T> T call(String action, Supplier<T> call) {
    try {
      return call.get();
    } catch (RuntimeException e) {
      throw EngineFailures.of(action, client.address(), e);
    }
  }

  private void call(String action, Runnable call) {
    call(
        action,
        () -> {
          call.run();
          return null;
        });
  }

  /** Closes the connection; the engine goes on. */
  @Override
  public void close() {
    client.close();
  }
}
