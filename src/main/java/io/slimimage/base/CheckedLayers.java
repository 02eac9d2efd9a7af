package io.slimimage.base;

import io.slimimage.blob.DeferredBlob;
import io.slimimage.blob.Digest;
import io.slimimage.blob.StoredBlob;
import io.slimimage.image.Descriptor;
import io.slimimage.image.ImageLayer;
import io.slimimage.image.LayerDownloads;
import io.slimimage.image.LayerFormat;
import io.slimimage.image.MediaTypes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The layers of a base image, which come into the store when they are wanted: only there can it be
 * seen whether they are what the image says of them.
 */
final class CheckedLayers {

  private final LayerFindings findings;
  private final DiffIds diffIds;
  private final BaseFailures failures;
  private final Map<Key, DeferredBlob> contents = new HashMap<>();

  CheckedLayers(LayerFindings findings, BaseFailures failures) {
    this.findings = findings;
    this.diffIds = new DiffIds(findings, failures);
    this.failures = failures;
  }

  /** An image may have the same layer twice. */
  private record Key(Digest digest, Digest diffId) {}

  /**
   * Returns a layer in OCI's format.
   *
   * @param number of the layer, from 1
   */
  ImageLayer layer(FoundImage.Layer layer, Digest diffId, int number) {
    Descriptor said = layer.descriptor();
    Descriptor descriptor =
        new Descriptor(MediaTypes.ofOci(said.mediaType()), said.digest(), said.size());
    return new ImageLayer(descriptor, diffId, content(layer, diffId, number));
  }

  /** Returns what such a layer holds, which fails where it is something else. */
  DeferredBlob content(FoundImage.Layer layer, Digest diffId, int number) {
    Descriptor descriptor = layer.descriptor();
    return contents.computeIfAbsent(
        new Key(descriptor.digest(), diffId),
        key ->
            new DeferredBlob(
                descriptor.digest(),
                descriptor.size(),
                () -> check(layer, diffId, "layer " + number)));
  }

  private StoredBlob check(FoundImage.Layer layer, Digest expected, String what)
      throws IOException {
    String mediaType = layer.descriptor().mediaType();
    LayerFormat format = LayerFormat.of(mediaType).orElseThrow();
    StoredBlob blob = layer.source().store();
    if (LayerFormat.of(blob) != format) {
      throw failures.damaged(what + " is not in the format of its media type [" + mediaType + "]");
    }
    Digest diffId = diffIds.of(blob, format, what);
    if (!diffId.equals(expected)) {
      throw failures.damaged(
          what
              + " has the uncompressed digest ["
              + diffId
              + "], and its configuration says ["
              + expected
              + "]");
    }
    if (format == LayerFormat.TAR) {
      scan(blob, what);
    }
    return blob;
  }

  /** Looks into a layer while that takes no more than reading; later it may be compressed. */
  private void scan(StoredBlob archive, String what) throws IOException {
    try (InputStream in = Channels.newInputStream(archive.openChannel())) {
      new LayerScan(findings, what, failures)
          .read(in)
          .ifPresent(seen -> findings.keep(archive.digest(), seen));
    }
  }

  /** Returns the layers, all of them in the store and checked. */
  static List<ImageLayer> stored(List<ImageLayer> layers) throws IOException {
    LayerDownloads.run(layers);
    List<ImageLayer> stored = new ArrayList<>();
    for (ImageLayer layer : layers) {
      stored.add(
          layer.content() instanceof DeferredBlob deferred
              ? new ImageLayer(layer.descriptor(), layer.diffId(), deferred.stored())
              : layer);
    }
    return stored;
  }
}
