package io.slimimage.maven;

import io.slimimage.blob.Blob;
import io.slimimage.image.Descriptor;
import io.slimimage.image.ImageReference;
import io.slimimage.registry.Access;
import java.io.InputStream;

/**
 * A layer of a base image in a registry, which is downloaded while it is read.
 *
 * @param image an image that has the layer
 */
record RemoteLayer(LazyRegistries registries, ImageReference image, Descriptor layer)
    implements Blob {

  @Override
  public long size() {
    return layer.size();
  }

  @Override
  public InputStream open() {
    return registries.get().repository(image, Access.PULL).open(layer);
  }
}
