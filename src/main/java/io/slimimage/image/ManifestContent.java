package io.slimimage.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.slimimage.SlimImageException;
import io.slimimage.blob.Digest;
import java.util.ArrayList;
import java.util.List;

/**
 * What a manifest or an index refers to.
 *
 * @param manifests those of an index, in its order
 * @param blobs those of a manifest: its configuration, then its layers, the lowest first
 * @param baseName the base image by its annotation, or the empty string
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/image-index.md">OCI image
 *     index</a>
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/manifest.md">OCI image
 *     manifest</a>
 */
public record ManifestContent(List<Descriptor> manifests, List<Descriptor> blobs, String baseName) {

  private static final String BASE_NAME = "org.opencontainers.image.base.name";

  /** Copies the lists. */
  public ManifestContent {
    manifests = List.copyOf(manifests);
    blobs = List.copyOf(blobs);
  }

  /**
   * Reads a manifest or an index.
   *
   * @param document what it is, in messages, such as {@code manifest of the image}
   * @throws SlimImageException if it is no JSON, or refers to anything without digest or size
   */
  public static ManifestContent parse(String document, byte[] json) {
    JsonObject root = JsonReader.read(document, new String(json, UTF_8));
    List<Descriptor> manifests = new ArrayList<>();
    for (JsonObject manifest : root.objects("manifests")) {
      manifests.add(descriptor(document, "manifests", manifest));
    }
    List<Descriptor> blobs = new ArrayList<>();
    if (root.get("config") != null) {
      blobs.add(descriptor(document, "config", root.object("config")));
    }
    for (JsonObject layer : root.objects("layers")) {
      blobs.add(descriptor(document, "layers", layer));
    }
    Object base = root.object("annotations").entries().get(BASE_NAME);
    return new ManifestContent(manifests, blobs, base instanceof String name ? name : "");
  }

  private static Descriptor descriptor(String document, String field, JsonObject json) {
    try {
      if (json.get("size") instanceof JsonNumber size) {
        return new Descriptor(
            json.text("mediaType"), Digest.parse(json.text("digest")), Long.parseLong(size.text()));
      }
    } catch (IllegalArgumentException | SlimImageException e) {
      // Said below, with where it is.
    }
    throw new SlimImageException(
        SlimImageException.advise(
            "[" + field + "] in the " + document + " refers to something without digest or size",
            JsonObject.MAKE_AGAIN));
  }
}
