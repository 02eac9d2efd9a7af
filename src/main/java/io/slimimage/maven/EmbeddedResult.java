package io.slimimage.maven;

import io.slimimage.blob.Digest;
import io.slimimage.image.BuiltImage;
import io.slimimage.image.BuiltLayer;
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
 * @param image the image
 * @param baseImage what its layers are laid on, as the user writes it
 * @param layers our own layers
 * @param runtime what the linked runtime is made of, where one was linked
 * @param originals the libraries as they were published
 * @param ports the exposed ports, such as {@code 8080/tcp}
 * @param written where the image is
 * @param total the time from the packaged application to the image
 */
record EmbeddedResult(
    BuiltImage image,
    String baseImage,
    List<BuiltLayer> layers,
    Optional<RuntimeReport> runtime,
    List<Original> originals,
    List<String> ports,
    Written written,
    Duration total) {

  EmbeddedResult {
    layers = List.copyOf(layers);
    originals = List.copyOf(originals);
    ports = List.copyOf(ports);
  }

  /**
   * Where the image is.
   *
   * @param layout the OCI layout
   * @param archive the archive, where one was wanted
   * @param engine the engine that has it, in words, where one does
   * @param loaded what that engine was sent
   */
  record Written(
      Path layout, Optional<Path> archive, Optional<String> engine, EngineLoader.Loaded loaded) {}

  /** Returns the image's main name. */
  String reference() {
    return image.references().get(0).familiar();
  }

  /** Returns the digests of the base image's layers. */
  Set<Digest> baseLayers() {
    int base = image.layers().size() - layers.size();
    return image.layers().subList(0, base).stream()
        .map(layer -> layer.descriptor().digest())
        .collect(Collectors.toSet());
  }

  /** Returns how many bytes of layers a registry would send. */
  long pullSize() {
    return image.layers().stream().mapToLong(layer -> layer.descriptor().size()).sum();
  }
}
