package io.slimimage.layer;

import java.util.List;

/**
 * All layers that this build adds to the base image.
 *
 * @param layers the layers, in the order of their roles, empty ones too
 */
public record LayerPlan(List<Layer> layers) {

  /** Copies the layers and checks their order. */
  public LayerPlan {
    layers = List.copyOf(layers);
    for (int i = 1; i < layers.size(); i++) {
      if (layers.get(i - 1).role().compareTo(layers.get(i).role()) >= 0) {
        throw new IllegalArgumentException("layers are out of order: " + layers.get(i).role());
      }
    }
  }
}
