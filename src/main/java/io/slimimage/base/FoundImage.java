package io.slimimage.base;

import io.slimimage.blob.StoredBlob;
import io.slimimage.image.LayerFormat;
import java.util.List;

/**
 * What an image is made of, before it is known whether its parts fit together.
 *
 * @param config its configuration
 * @param layers its layers, the lowest first
 */
record FoundImage(byte[] config, List<Layer> layers) {

  /**
   * A layer.
   *
   * @param blob its bytes in the store
   * @param format what they are
   */
  record Layer(StoredBlob blob, LayerFormat format) {}

  /** Copies the list. */
  FoundImage {
    layers = List.copyOf(layers);
  }
}
