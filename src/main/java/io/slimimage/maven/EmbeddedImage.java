package io.slimimage.maven;

import io.slimimage.image.BuiltImage;
import io.slimimage.image.BuiltLayer;
import io.slimimage.image.ImageLayer;
import java.util.List;

/**
 * An image that the embedded engine has put together.
 *
 * @param image the image
 * @param layers those of its layers that are our own, which lie on the base image's
 */
record EmbeddedImage(BuiltImage image, List<BuiltLayer> layers) {

  EmbeddedImage {
    layers = List.copyOf(layers);
  }

  /** Returns the base image's layers. */
  List<ImageLayer> base() {
    return image.layers().subList(0, image.layers().size() - layers.size());
  }

  /** Returns how many bytes of layers a registry would send. */
  long pullSize() {
    return size(image.layers());
  }

  /** Returns how many of those bytes are the base image's. */
  long basePullSize() {
    return size(base());
  }

  private static long size(List<ImageLayer> layers) {
    return layers.stream().mapToLong(layer -> layer.descriptor().size()).sum();
  }
}
