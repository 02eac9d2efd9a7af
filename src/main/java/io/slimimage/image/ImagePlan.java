package io.slimimage.image;

import io.slimimage.layer.LayerRole;
import java.util.List;
import java.util.Objects;

/**
 * The image to build, as far as the project's model decides it: on a clean checkout there are no
 * classes yet.
 *
 * @param references the image's names, the main one first
 * @param baseImage {@code scratch}, or the reference of an image
 * @param layers the layers that are laid on the base image, in their order
 * @param config how a container starts
 */
public record ImagePlan(
    List<ImageReference> references, String baseImage, List<LayerRole> layers, ImageConfig config) {

  /** Copies the lists. */
  public ImagePlan {
    references = List.copyOf(references);
    Objects.requireNonNull(baseImage, "baseImage");
    layers = List.copyOf(layers);
    Objects.requireNonNull(config, "config");
  }
}
