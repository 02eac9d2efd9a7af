package io.slimimage.base;

import com.fasterxml.jackson.databind.JsonNode;
import io.slimimage.image.Descriptor;
import io.slimimage.image.LayerFormat;
import io.slimimage.image.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads manifests of OCI images, and of Docker's by its schema 2.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/manifest.md">OCI image
 *     manifest</a>
 */
final class OciManifests {

  private static final String MANIFEST = "its manifest";
  private static final String CONFIG = "its configuration";

  private final BlobReader blobs;
  private final BaseFailures failures;
  private final Documents documents;

  OciManifests(BlobReader blobs, BaseFailures failures) {
    this.blobs = blobs;
    this.failures = failures;
    this.documents = new Documents(failures);
  }

  /** Returns whether it is that of a container image; signatures and charts have manifests too. */
  boolean isImage(Descriptor manifest) throws IOException {
    JsonNode config = manifest(manifest).path("config");
    return DocumentKind.CONFIG.is(config.path("mediaType").asText());
  }

  /** Returns what the image's configuration says that it is for. */
  Optional<Platform> platform(Descriptor manifest) throws IOException {
    byte[] config = config(manifest(manifest));
    return Documents.platform(documents.object(config, CONFIG));
  }

  /** Returns the image; its layers are not read. */
  FoundImage image(Descriptor descriptor) throws IOException {
    JsonNode manifest = manifest(descriptor);
    byte[] config = config(manifest);
    List<FoundImage.Layer> layers = new ArrayList<>();
    for (JsonNode layer : documents.objects(manifest.path("layers"), "[layers] of " + MANIFEST)) {
      layers.add(layer(layer, "layer " + (layers.size() + 1)));
    }
    return new FoundImage(config, layers);
  }

  private JsonNode manifest(Descriptor descriptor) throws IOException {
    JsonNode manifest = documents.object(blobs.document(descriptor, MANIFEST), MANIFEST);
    documents.checkFormat(manifest, DocumentKind.MANIFEST, MANIFEST);
    if (manifest.has("manifests")) {
      throw failures.damaged(MANIFEST + " is an index at the same time");
    }
    return manifest;
  }

  private byte[] config(JsonNode manifest) throws IOException {
    Descriptor config = documents.descriptor(manifest.path("config"), "[config] of " + MANIFEST);
    if (!DocumentKind.CONFIG.is(config.mediaType())) {
      throw failures.unusable(
          "is no container image: its configuration is [" + config.mediaType() + "]",
          "name another image");
    }
    return blobs.document(config, CONFIG);
  }

  private FoundImage.Layer layer(JsonNode json, String what) throws IOException {
    Descriptor descriptor = documents.descriptor(json, what);
    String mediaType = descriptor.mediaType();
    boolean foreign = mediaType.contains(".foreign.") || mediaType.contains(".nondistributable.");
    if (foreign || json.path("urls").size() > 0 && !blobs.has(descriptor)) {
      throw failures.unusable(
          "has a foreign layer, which is not in it but at an address of its vendor: " + what,
          "use a base image without foreign layers");
    }
    if (LayerFormat.of(mediaType).isEmpty()) {
      throw failures.unusable(
          "has a layer of the unknown media type [" + mediaType + "]: " + what,
          "use a base image whose layers are tar archives, with gzip, zstd or none");
    }
    return new FoundImage.Layer(descriptor, () -> blobs.layer(descriptor, what));
  }
}
