package io.slimimage.base;

import io.slimimage.blob.Digest;
import io.slimimage.blob.Records;
import io.slimimage.image.BaseImage;
import io.slimimage.image.Platform;
import java.io.IOException;
import java.util.Optional;

/** Which base images earlier builds have read. */
final class BaseCache {

  private static final String KIND = "base";

  /** Changes with what is checked, so that images are read anew. */
  private static final String FORMAT = "1";

  private final Records records;

  BaseCache(Records records) {
    this.records = records;
  }

  /**
   * Where an image comes from, as far as it decides which one it is.
   *
   * @param place what kind of place it is
   * @param digest of what was found there
   * @param part which part of that is meant, or empty
   */
  record Key(String place, String digest, String part, Platform platform) {

    private Digest digestOfAll() {
      String text = String.join("\n", "base", FORMAT, place, digest, part, platform.toString());
      return Digest.sha256(text);
    }
  }

  /**
   * Returns an image, if all of its layers can be had.
   *
   * @param name what the user calls it now
   */
  Optional<BaseImage> find(Key key, String name, BaseRecord.Contents contents) throws IOException {
    Optional<String> record = records.find(KIND, key.digestOfAll());
    return record.isPresent()
        ? BaseRecord.parse(record.get(), name, key.platform(), contents)
        : Optional.empty();
  }

  /** Keeps an image that was read. */
  void keep(Key key, BaseImage image) {
    records.put(KIND, key.digestOfAll(), BaseRecord.text(image));
  }
}
