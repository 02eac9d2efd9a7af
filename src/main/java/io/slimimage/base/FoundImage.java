package io.slimimage.base;

import io.slimimage.blob.DeferredBlob;
import io.slimimage.image.Descriptor;
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
   * @param descriptor of one of the formats that are known
   * @param source brings the bytes into the store
   */
  record Layer(Descriptor descriptor, DeferredBlob.Source source) {}

  /** Copies the list. */
  FoundImage {
    layers = List.copyOf(layers);
  }
}
