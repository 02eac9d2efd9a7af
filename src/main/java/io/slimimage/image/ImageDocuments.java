package io.slimimage.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The small files that say what an image layout or an archive holds: the same bytes for the same
 * image and names.
 */
public final class ImageDocuments {

  private static final String CONTAINERD_NAME = "io.containerd.image.name";
  private static final String TAG = "org.opencontainers.image.ref.name";

  private ImageDocuments() {}

  /**
   * Returns {@code oci-layout}.
   *
   * @see <a href="https://github.com/opencontainers/image-spec/blob/main/image-layout.md">OCI image
   *     layout</a>
   */
  public static byte[] layout() {
    JsonObject layout = new JsonObject();
    layout.put("imageLayoutVersion", "1.0.0");
    return JsonWriter.write(layout);
  }

  /**
   * Returns {@code index.json}, with an entry for each reference. Podman and containerd read the
   * whole name; skopeo and umoci know no more than the tag, and umoci takes a tag that is there
   * twice for ambiguous: of names with the same tag the first has it.
   *
   * @see <a href="https://github.com/opencontainers/image-spec/blob/main/image-index.md">OCI image
   *     index</a>
   */
  public static byte[] index(PlatformImages images, List<ImageReference> references) {
    Set<String> tags = new HashSet<>();
    List<JsonObject> manifests = new ArrayList<>();
    for (ImageReference reference : references) {
      JsonObject manifest =
          images.index().isPresent()
              ? ImageAssembly.json(images.root())
              : ImageAssembly.entry(images.first());
      JsonObject annotations = manifest.object("annotations");
      annotations.put(CONTAINERD_NAME, reference.canonical());
      if (tags.add(reference.tag())) {
        annotations.put(TAG, reference.tag());
      }
      manifests.add(manifest);
    }
    JsonObject index = new JsonObject();
    index.put("schemaVersion", JsonNumber.of(2));
    index.put("mediaType", MediaTypes.INDEX);
    index.put("manifests", manifests);
    return JsonWriter.write(index);
  }

  /**
   * Returns {@code manifest.json}, which {@code docker load} reads. The names have their registry:
   * Podman would take a short one for an image of {@code localhost}.
   *
   * @param config path of the configuration in the archive
   * @param layers paths of the layers in the archive, the lowest first
   * @see <a href="https://github.com/moby/docker-image-spec/blob/main/spec.md">Docker image
   *     specification</a>
   */
  public static byte[] dockerManifest(
      String config, List<ImageReference> references, List<String> layers) {
    JsonObject image = new JsonObject();
    image.put("Config", config);
    image.put("RepoTags", references.stream().map(ImageReference::canonical).toList());
    image.put("Layers", layers);
    return ("[" + new String(JsonWriter.write(image), UTF_8) + "]").getBytes(UTF_8);
  }
}
