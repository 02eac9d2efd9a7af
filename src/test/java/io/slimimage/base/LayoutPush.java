package io.slimimage.base;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import io.slimimage.image.Descriptor;
import io.slimimage.image.ImageReference;
import io.slimimage.registry.Access;
import io.slimimage.registry.ManifestBytes;
import io.slimimage.registry.Registries;
import io.slimimage.registry.Repository;
import java.io.IOException;

/** Puts a layout of a test into a registry. */
final class LayoutPush {

  private LayoutPush() {}

  /**
   * Pushes all blobs, and one image or index with its images.
   *
   * @param name with a tag
   * @param descriptor in JSON
   * @return the digest that the tag stands for
   */
  static Digest push(
      TestLayout layout, Registries registries, ImageReference name, String descriptor)
      throws IOException {
    Repository repository = registries.repository(name, Access.PUSH);
    JsonNode root = new ObjectMapper().readTree(descriptor);
    Digest digest = Digest.parse(root.path("digest").asText());
    for (String path : layout.blobs()) {
      byte[] bytes = layout.files().get(path);
      repository.push(new Descriptor("", Digest.sha256(bytes), bytes.length), Blob.of(bytes));
    }
    byte[] bytes = layout.files().get("blobs/sha256/" + digest.hex());
    for (JsonNode nested : new ObjectMapper().readTree(bytes).path("manifests")) {
      String inner = nested.path("digest").asText();
      repository.pushManifest(
          inner,
          ManifestBytes.of(
              nested.path("mediaType").asText(),
              layout.files().get("blobs/sha256/" + Digest.parse(inner).hex())));
    }
    repository.pushManifest(name.tag(), ManifestBytes.of(root.path("mediaType").asText(), bytes));
    return digest;
  }
}
