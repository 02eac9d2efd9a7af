package io.slimimage.image;

import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a name stands for: one image, or an index of images for several platforms.
 *
 * @param images at least one, all with the same names; without an index there is no other
 * @param root refers to the index, or else to the manifest of the image
 * @param index the bytes of the index, where there is one
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/image-index.md">OCI image
 *     index</a>
 */
public record PlatformImages(List<BuiltImage> images, Descriptor root, Optional<Blob> index) {

  /** Copies the list. */
  public PlatformImages {
    images = List.copyOf(images);
    Objects.requireNonNull(root, "root");
    Objects.requireNonNull(index, "index");
    if (images.isEmpty() || index.isEmpty() && images.size() > 1) {
      throw new IllegalArgumentException("one image, or an index, but there are " + images);
    }
  }

  /** Returns what is for one platform, and needs no index. */
  public static PlatformImages of(BuiltImage image) {
    return new PlatformImages(List.of(image), image.manifestDescriptor(), Optional.empty());
  }

  /** Returns the names, the main one first. */
  public List<ImageReference> references() {
    return first().references();
  }

  /** Returns the image for the platform that was named first. */
  public BuiltImage first() {
    return images.get(0);
  }

  /** Returns the digest that registries know all of it by. */
  public Digest digest() {
    return root.digest();
  }

  /** Returns what these images are for, in their order. */
  public List<Platform> platforms() {
    return images.stream().map(BuiltImage::platform).toList();
  }

  /** Returns the image that fits a machine best, if one does. */
  public Optional<BuiltImage> forMachine(Platform machine) {
    Map<Platform, BuiltImage> byPlatform = new HashMap<>();
    images.forEach(image -> byPlatform.put(image.platform(), image));
    return machine.compatible().stream()
        .filter(byPlatform::containsKey)
        .findFirst()
        .map(byPlatform::get);
  }

  /** Returns the layers of all images, each once. */
  public List<ImageLayer> layers() {
    Map<Digest, ImageLayer> layers = new LinkedHashMap<>();
    for (BuiltImage image : images) {
      image.layers().forEach(layer -> layers.putIfAbsent(layer.descriptor().digest(), layer));
    }
    return List.copyOf(layers.values());
  }
}
