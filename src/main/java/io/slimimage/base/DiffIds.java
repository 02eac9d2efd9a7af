package io.slimimage.base;

import io.slimimage.blob.Digest;
import io.slimimage.blob.Records;
import io.slimimage.blob.StoredBlob;
import io.slimimage.image.Descriptor;
import io.slimimage.image.LayerFormat;
import io.slimimage.image.MediaTypes;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Which uncompressed archives compressed layers have. It is found out once for a layer. */
final class DiffIds {

  private static final String KIND = "diff-id";

  private final Records records;
  private final BaseFailures failures;

  DiffIds(Records records, BaseFailures failures) {
    this.records = records;
    this.failures = failures;
  }

  /** Returns the digest of a layer's uncompressed archive, if that was found out before. */
  Optional<Digest> known(Descriptor layer) {
    return layer.mediaType().equals(MediaTypes.LAYER_TAR)
        ? Optional.of(layer.digest())
        : records.find(KIND, layer.digest()).map(String::strip).flatMap(Digest::ifValid);
  }

  /**
   * Returns the digest of the layer's uncompressed archive.
   *
   * @param what the layer is, for messages
   */
  Digest of(StoredBlob layer, LayerFormat format, String what) throws IOException {
    Optional<Digest> known =
        known(new Descriptor(format.mediaType(), layer.digest(), layer.size()));
    if (known.isPresent()) {
      return known.get();
    }
    Digest found;
    try (InputStream tar = new UntrustedStream(layer.open(), what, failures)) {
      found = Digest.sha256(tar);
    }
    records.put(KIND, layer.digest(), found.toString());
    return found;
  }
}
