package io.slimimage.base;

import io.slimimage.blob.Digest;
import io.slimimage.blob.MeasuringInputStream;
import io.slimimage.blob.StoredBlob;
import io.slimimage.image.Descriptor;
import io.slimimage.image.LayerFormat;
import io.slimimage.image.MediaTypes;
import io.slimimage.image.TaskThreads;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Which uncompressed archives compressed layers have. It is found out once for a layer, and what is
 * in the layer is looked at in passing.
 */
final class DiffIds {

  private static final String KIND = "diff-id";
  private static final String INTERRUPTION =
      "The build was interrupted while it read the base image";

  private final LayerFindings findings;
  private final BaseFailures failures;

  DiffIds(LayerFindings findings, BaseFailures failures) {
    this.findings = findings;
    this.failures = failures;
  }

  /** Returns the digest of a layer's uncompressed archive, if that was found out before. */
  Optional<Digest> known(Descriptor layer) {
    return layer.mediaType().equals(MediaTypes.LAYER_TAR)
        ? Optional.of(layer.digest())
        : findings.records().find(KIND, layer.digest()).map(String::strip).flatMap(Digest::ifValid);
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
    Digest found = read(layer, what);
    findings.records().put(KIND, layer.digest(), found.toString());
    return found;
  }

  /** One thread decompresses, which takes the longest; another one digests and looks. */
  private Digest read(StoredBlob layer, String what) throws IOException {
    Handover handover = new Handover();
    MeasuringInputStream archive = new MeasuringInputStream(handover, layer.digest());
    try (InputStream tar = new UntrustedStream(layer.open(), what, failures);
        TaskThreads threads = TaskThreads.of(2, "slimimage-base", INTERRUPTION)) {
      Callable<Optional<LayerContents>> decompression =
          () -> {
            handover.putAll(tar);
            return Optional.empty();
          };
      Callable<Optional<LayerContents>> look =
          () -> {
            Optional<LayerContents> seen = new LayerScan(findings, what, failures).read(archive);
            archive.finish();
            return seen;
          };
      Optional<LayerContents> contents = threads.all(List.of(decompression, look)).get(1);
      Digest found = archive.digest();
      contents.ifPresent(seen -> findings.keep(found, seen));
      return found;
    }
  }
}
