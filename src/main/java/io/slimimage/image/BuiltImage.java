package io.slimimage.image;

import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import java.util.List;
import java.util.Objects;

/**
 * A complete image.
 *
 * @param references its names, the main one first
 * @param platform what it is for
 * @param manifestDescriptor of the manifest, whose digest is the image's
 * @param manifest the manifest's bytes
 * @param configDescriptor of the configuration, whose digest is what engines call the image's id
 * @param config the configuration's bytes
 * @param layers all layers, the lowest first
 */
public record BuiltImage(
    List<ImageReference> references,
    Platform platform,
    Descriptor manifestDescriptor,
    Blob manifest,
    Descriptor configDescriptor,
    Blob config,
    List<ImageLayer> layers) {

  /** Copies the lists and checks that nothing is null. */
  public BuiltImage {
    references = List.copyOf(references);
    Objects.requireNonNull(platform, "platform");
    Objects.requireNonNull(manifestDescriptor, "manifestDescriptor");
    Objects.requireNonNull(manifest, "manifest");
    Objects.requireNonNull(configDescriptor, "configDescriptor");
    Objects.requireNonNull(config, "config");
    layers = List.copyOf(layers);
  }

  /** Returns the digest of the manifest. */
  public Digest digest() {
    return manifestDescriptor.digest();
  }

  /** Returns the digest of the configuration. */
  public Digest id() {
    return configDescriptor.digest();
  }
}
