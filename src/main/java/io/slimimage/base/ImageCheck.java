package io.slimimage.base;

import com.fasterxml.jackson.databind.JsonNode;
import io.slimimage.blob.Digest;
import io.slimimage.blob.Records;
import io.slimimage.image.BaseImage;
import io.slimimage.image.Descriptor;
import io.slimimage.image.ImageLayer;
import io.slimimage.image.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Checks that what was found is an image, and the one that is wanted. */
final class ImageCheck {

  private static final String CONFIG = "its configuration";

  private final BaseFailures failures;
  private final Documents documents;
  private final DiffIds diffIds;

  ImageCheck(Records records, BaseFailures failures) {
    this.failures = failures;
    this.documents = new Documents(failures);
    this.diffIds = new DiffIds(records, failures);
  }

  /** Returns the image. */
  BaseImage check(FoundImage found, Platform wanted) throws IOException {
    JsonNode config = documents.object(found.config(), CONFIG);
    Platform platform = Documents.platform(config).orElse(wanted);
    if (!platform.equals(wanted)) {
      throw isFor(failures, List.of(platform), wanted);
    }
    List<Digest> expected = new ArrayList<>();
    for (JsonNode digest : list(config)) {
      expected.add(documents.digest(digest, CONFIG));
    }
    if (expected.size() != found.layers().size()) {
      throw failures.damaged(
          CONFIG + " tells of " + expected.size() + " layers, and it has " + found.layers().size());
    }
    List<ImageLayer> layers = new ArrayList<>();
    for (int i = 0; i < expected.size(); i++) {
      layers.add(layer(found.layers().get(i), expected.get(i), i + 1));
    }
    return new BaseImage(
        failures.name(), wanted, new String(found.config(), StandardCharsets.UTF_8), layers);
  }

  /** Returns the failure of an image that is for other platforms. */
  static RuntimeException isFor(BaseFailures failures, List<Platform> platforms, Platform wanted) {
    String all = String.join(", ", platforms.stream().map(Platform::toString).distinct().toList());
    return failures.unusable(
        "is for " + all + " and not for " + wanted, "use one that is for " + wanted);
  }

  private JsonNode list(JsonNode config) {
    JsonNode list = config.path("rootfs").path("diff_ids");
    // An image without layers has none, or null.
    if (!list.isArray() && !list.isNull() && !list.isMissingNode()) {
      throw failures.damaged(CONFIG + " has [diff_ids] that are no list");
    }
    return list;
  }

  private ImageLayer layer(FoundImage.Layer layer, Digest expected, int number) throws IOException {
    String what = "layer " + number;
    Digest diffId = diffIds.of(layer.blob(), layer.format(), what);
    if (!diffId.equals(expected)) {
      throw failures.damaged(
          what
              + " has the uncompressed digest ["
              + diffId
              + "], and "
              + CONFIG
              + " says ["
              + expected
              + "]");
    }
    Descriptor descriptor =
        new Descriptor(layer.format().mediaType(), layer.blob().digest(), layer.blob().size());
    return new ImageLayer(descriptor, diffId, layer.blob());
  }
}
