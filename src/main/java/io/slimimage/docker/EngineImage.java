package io.slimimage.docker;

import io.slimimage.image.ImageConfig;
import io.slimimage.image.Platform;
import java.util.List;

/**
 * An image as an engine describes it.
 *
 * @param id the full id, {@code sha256:…}
 * @param tags the names that the engine has for it
 * @param created when it was made, as the engine writes it, or the empty string
 * @param size bytes on the engine's disk
 * @param platform what it is for
 * @param layers its layers, the base first
 * @param config how its containers are started
 */
public record EngineImage(
    String id,
    List<String> tags,
    String created,
    long size,
    Platform platform,
    List<EngineLayer> layers,
    ImageConfig config) {

  /** Copies the lists. */
  public EngineImage {
    tags = List.copyOf(tags);
    layers = List.copyOf(layers);
  }

  /** Returns the digests of the uncompressed layers, the base first. */
  public List<String> diffIds() {
    return layers.stream().map(EngineLayer::diffId).toList();
  }
}
