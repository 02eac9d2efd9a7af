package io.slimimage.maven;

import io.slimimage.blob.Digest;
import io.slimimage.image.PlatformImages;
import io.slimimage.layer.ApplicationLayers.Original;
import io.slimimage.output.EngineLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a build by the embedded engine has made.
 *
 * @param named what the names stand for: the only image, or the index of all of them
 * @param images those images with their own layers, in the same order
 * @param baseImage what their layers are laid on, as the user writes it
 * @param runtime what the linked runtime is made of, where one was linked
 * @param originals the libraries as they were published
 * @param ports the exposed ports, such as {@code 8080/tcp}
 * @param written where the image is
 * @param total the time from the packaged application to the image
 */
record EmbeddedResult(
    PlatformImages named,
    List<EmbeddedImage> images,
    String baseImage,
    Optional<RuntimeReport> runtime,
    List<Original> originals,
    List<String> ports,
    Written written,
    Duration total) {

  EmbeddedResult {
    images = List.copyOf(images);
    originals = List.copyOf(originals);
    ports = List.copyOf(ports);
  }

  /**
   * Where the image is.
   *
   * @param layout the OCI layout
   * @param elsewhere how many layers of the base image it lacks, which are in their registry
   * @param archive the archive, where one was wanted
   * @param engine the engine that has it, in words, where one does
   * @param loaded what that engine was sent
   */
  record Written(
      Path layout,
      int elsewhere,
      Optional<Path> archive,
      Optional<String> engine,
      EngineLoader.Loaded loaded) {}

  /** Returns the image's main name. */
  String reference() {
    return named.references().get(0).familiar();
  }

  /** Returns the engines' name for the image, of several for the one that was named first. */
  String id() {
    return named.first().id().toString();
  }

  /** Returns the digests of the base images' layers. */
  Set<Digest> baseLayers() {
    return images.stream()
        .flatMap(image -> image.base().stream())
        .map(layer -> layer.descriptor().digest())
        .collect(Collectors.toSet());
  }
}
