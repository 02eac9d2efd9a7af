package io.slimimage.base;

import com.fasterxml.jackson.databind.JsonNode;
import io.slimimage.blob.Digest;
import io.slimimage.image.BaseImage;
import io.slimimage.image.ImageLayer;
import io.slimimage.image.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks that what was found is an image, and the one that is wanted. */
final class ImageCheck {

  private static final String CONFIG = "its configuration";

  private final BaseFailures failures;
  private final Documents documents;
  private final CheckedLayers layers;

  ImageCheck(CheckedLayers layers, BaseFailures failures) {
    this.layers = layers;
    this.failures = failures;
    this.documents = new Documents(failures);
  }

  /** Returns the image, whose layers are checked when they are wanted. */
  BaseImage check(FoundImage found, Platform wanted) throws IOException {
    JsonNode config = documents.object(found.config(), CONFIG);
    checkPlatform(config, wanted);
    List<Digest> expected = new ArrayList<>();
    for (JsonNode digest : list(config)) {
      expected.add(documents.digest(digest, CONFIG));
    }
    if (expected.size() != found.layers().size()) {
      throw failures.damaged(
          CONFIG + " tells of " + expected.size() + " layers, and it has " + found.layers().size());
    }
    List<ImageLayer> all = new ArrayList<>();
    for (int i = 0; i < expected.size(); i++) {
      all.add(layers.layer(found.layers().get(i), expected.get(i), i + 1));
    }
    return new BaseImage(
        failures.name(), wanted, new String(found.config(), StandardCharsets.UTF_8), all);
  }

  /** Many configurations leave the variant out, which only their index says. */
  private void checkPlatform(JsonNode config, Platform wanted) {
    Optional<Platform> its = Documents.platform(config);
    if (its.isEmpty() || wanted.compatible().contains(its.get())) {
      return;
    }
    boolean anyVariant =
        config.path("variant").asText().isEmpty()
            && its.get().os().equals(wanted.os())
            && its.get().architecture().equals(wanted.architecture());
    if (!anyVariant) {
      throw isFor(failures, List.of(its.get()), wanted);
    }
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
}
