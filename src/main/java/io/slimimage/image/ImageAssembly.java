package io.slimimage.image;

import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Puts an image together: configuration and manifest for a base and the layers on it. */
public final class ImageAssembly {

  private ImageAssembly() {}

  /**
   * Returns the image. The base's configuration is changed, not written anew, so that what this
   * plugin does not know survives; the values of the plan change it as the instructions of a
   * Dockerfile do. Equal arguments give the same bytes.
   *
   * @param plan what the user wants
   * @param base what the layers are laid on, its layers in OCI's formats
   * @param layers our own layers in their order
   * @throws io.slimimage.SlimImageException if the base's configuration is none, or is not that of
   *     its layers
   * @throws io.slimimage.ConfigurationException if a duration of the health check is none
   */
  public static BuiltImage assemble(
      ImagePlan plan, BaseImage base, List<BuiltLayer> layers, ImageMetadata metadata) {
    byte[] config = ConfigPatch.apply(plan, base, layers, metadata);
    Descriptor configDescriptor = describe(MediaTypes.CONFIG, config);
    List<ImageLayer> all = new ArrayList<>(base.layers());
    layers.forEach(layer -> all.add(layer.layer()));
    byte[] manifest = manifest(configDescriptor, all, metadata);
    return new BuiltImage(
        plan.references(),
        base.platform(),
        describe(MediaTypes.MANIFEST, manifest),
        Blob.of(manifest),
        configDescriptor,
        Blob.of(config),
        all);
  }

  /**
   * Returns an index of images, or the image itself if it is the only one. Equal arguments give the
   * same bytes.
   *
   * @param images with the same names, for different platforms
   * @param annotations of the index
   * @see <a href="https://github.com/opencontainers/image-spec/blob/main/image-index.md">OCI image
   *     index</a>
   */
  public static PlatformImages index(List<BuiltImage> images, Map<String, String> annotations) {
    if (images.size() == 1) {
      return PlatformImages.of(images.get(0));
    }
    JsonObject index = new JsonObject();
    index.put("schemaVersion", JsonNumber.of(2));
    index.put("mediaType", MediaTypes.INDEX);
    index.put("manifests", images.stream().map(ImageAssembly::entry).toList());
    annotate(index, annotations);
    byte[] bytes = JsonWriter.write(index);
    return new PlatformImages(
        images, describe(MediaTypes.INDEX, bytes), Optional.of(Blob.of(bytes)));
  }

  /** Returns what refers to an image in an index. */
  static JsonObject entry(BuiltImage image) {
    JsonObject platform = new JsonObject();
    platform.put("architecture", image.platform().architecture());
    platform.put("os", image.platform().os());
    if (!image.platform().variant().isEmpty()) {
      platform.put("variant", image.platform().variant());
    }
    JsonObject entry = json(image.manifestDescriptor());
    entry.put("platform", platform);
    return entry;
  }

  private static void annotate(JsonObject document, Map<String, String> annotations) {
    if (!annotations.isEmpty()) {
      document.object("annotations").entries().putAll(new TreeMap<>(annotations));
    }
  }

  private static Descriptor describe(String mediaType, byte[] bytes) {
    return new Descriptor(mediaType, Digest.sha256(bytes), bytes.length);
  }

  /** See <a href="https://github.com/opencontainers/image-spec/blob/main/manifest.md">OCI</a>. */
  private static byte[] manifest(
      Descriptor config, List<ImageLayer> layers, ImageMetadata metadata) {
    JsonObject manifest = new JsonObject();
    manifest.put("schemaVersion", JsonNumber.of(2));
    manifest.put("mediaType", MediaTypes.MANIFEST);
    manifest.put("config", json(config));
    manifest.put("layers", layers.stream().map(layer -> json(layer.descriptor())).toList());
    annotate(manifest, metadata.annotations());
    return JsonWriter.write(manifest);
  }

  static JsonObject json(Descriptor descriptor) {
    JsonObject json = new JsonObject();
    json.put("mediaType", descriptor.mediaType());
    json.put("digest", descriptor.digest().toString());
    json.put("size", JsonNumber.of(descriptor.size()));
    return json;
  }
}
