package io.slimimage.image;

import io.slimimage.SlimImageException;
import io.slimimage.blob.Digest;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The configuration of a base image, changed to that of the image that is laid on it. Whatever is
 * not changed stays, with its place.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/config.md">OCI image
 *     configuration</a>
 */
final class ConfigPatch {

  private static final String NOTHING = "{}";

  /** What only the base's own build or its own id could say. */
  private static final List<String> OF_THE_BASE_ALONE =
      List.of("id", "parent", "container", "container_config", "docker_version");

  private final ImagePlan plan;
  private final BaseImage base;
  private final List<BuiltLayer> layers;
  private final ImageMetadata metadata;
  private final JsonObject root;

  private ConfigPatch(
      ImagePlan plan, BaseImage base, List<BuiltLayer> layers, ImageMetadata metadata) {
    this.plan = plan;
    this.base = base;
    this.layers = layers;
    this.metadata = metadata;
    String document = "configuration of the base image [" + base.name() + "]";
    // On nothing, no parser need be loaded to know that there is nothing.
    this.root =
        base.config().equals(NOTHING)
            ? new JsonObject(document, "")
            : JsonReader.read(document, base.config());
  }

  /**
   * Returns the configuration in JSON.
   *
   * @throws SlimImageException if the base's is none, or is that of other layers
   */
  static byte[] apply(
      ImagePlan plan, BaseImage base, List<BuiltLayer> layers, ImageMetadata metadata) {
    ConfigPatch patch = new ConfigPatch(plan, base, layers, metadata);
    patch.checkBase();
    patch.run();
    return JsonWriter.write(patch.root);
  }

  private void run() {
    boolean scratch = root.entries().isEmpty();
    OF_THE_BASE_ALONE.forEach(root::remove);
    String created = metadata.created().truncatedTo(ChronoUnit.SECONDS).toString();
    String createdBefore = root.get("created") instanceof String text ? text : created;
    root.put("created", created);
    platform();
    new ContainerPatch(root.object("config"), base.platform().os(), scratch).apply(plan.config());
    JsonObject rootfs = root.object("rootfs");
    rootfs.put("type", "layers");
    rootfs.put("diff_ids", diffIds());
    HistoryPatch history = new HistoryPatch(root.objects("history"), createdBefore);
    root.put("history", history.apply(base.layers().size(), layers, created, metadata.builder()));
  }

  /** A variant that means the same as none, such as {@code v8} of arm64, is left to the base. */
  private void platform() {
    Platform platform = base.platform();
    root.put("architecture", platform.architecture());
    root.put("os", platform.os());
    String variant = root.text("variant");
    Platform named = new Platform(platform.os(), platform.architecture(), variant);
    if (!named.variant().equals(platform.variant())) {
      root.remove("variant");
      if (!platform.variant().isEmpty()) {
        root.put("variant", platform.variant());
      }
    }
  }

  private List<Object> diffIds() {
    List<Object> diffIds = new ArrayList<>();
    Stream.concat(base.layers().stream(), layers.stream().map(BuiltLayer::layer))
        .forEach(layer -> diffIds.add(layer.diffId().toString()));
    return diffIds;
  }

  private void checkBase() {
    List<String> named =
        root.get("rootfs") == null ? List.of() : root.object("rootfs").texts("diff_ids");
    List<String> there =
        base.layers().stream().map(ImageLayer::diffId).map(Digest::toString).toList();
    if (named.size() != there.size()) {
      throw otherLayers("their number is " + there.size() + " instead of " + named.size());
    }
    for (int i = 0; i < named.size(); i++) {
      if (!named.get(i).equals(there.get(i))) {
        throw otherLayers(
            "number " + (i + 1) + " is [" + there.get(i) + "] instead of [" + named.get(i) + "]");
      }
    }
  }

  private SlimImageException otherLayers(String fact) {
    return new SlimImageException(
        SlimImageException.advise(
            "The base image [" + base.name() + "] has other layers than its configuration: " + fact,
            "save or pull it again, or use another one"));
  }
}
