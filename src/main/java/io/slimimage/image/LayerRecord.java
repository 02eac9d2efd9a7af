package io.slimimage.image;

import io.slimimage.SlimImageException;
import io.slimimage.blob.Digest;
import io.slimimage.layer.Layer;
import io.slimimage.layer.LayerEntry;
import java.util.Optional;

/**
 * What is kept about a layer that was made.
 *
 * @param digest of the compressed layer
 * @param diffId of the uncompressed one
 * @param files how many files and links it has
 * @param bytes the sum of the sizes of its files
 */
record LayerRecord(Digest digest, Digest diffId, long files, long bytes) {

  static LayerRecord of(Layer layer, Digest digest, Digest diffId) {
    long files = 0;
    long bytes = 0;
    for (LayerEntry entry : layer.entries()) {
      files += entry instanceof LayerEntry.Directory ? 0 : 1;
      bytes += entry instanceof LayerEntry.File file ? file.content().size() : 0;
    }
    return new LayerRecord(digest, diffId, files, bytes);
  }

  /** Reads {@link #text}; what is anything else is no record. */
  static Optional<LayerRecord> parse(String text) {
    String[] parts = text.split(" ", -1);
    if (parts.length != 4) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new LayerRecord(
              Digest.parse(parts[0]),
              Digest.parse(parts[1]),
              Long.parseLong(parts[2]),
              Long.parseLong(parts[3])));
    } catch (SlimImageException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  String text() {
    return digest + " " + diffId + " " + files + " " + bytes;
  }
}
