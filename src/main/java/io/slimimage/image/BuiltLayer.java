package io.slimimage.image;

import io.slimimage.layer.LayerRole;
import java.util.Objects;

/**
 * One of our own layers.
 *
 * @param role what it holds
 * @param layer its bytes
 * @param files how many files and links it has
 * @param bytes the sum of the sizes of its files
 * @param cached whether an earlier build has made it
 */
public record BuiltLayer(LayerRole role, ImageLayer layer, long files, long bytes, boolean cached) {

  /** Checks that nothing is null. */
  public BuiltLayer {
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(layer, "layer");
  }
}
