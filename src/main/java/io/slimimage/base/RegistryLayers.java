package io.slimimage.base;

import io.slimimage.blob.Blob;
import io.slimimage.blob.BlobStore;
import io.slimimage.blob.Digest;
import io.slimimage.blob.StoredBlob;
import io.slimimage.image.BaseImage;
import io.slimimage.image.Descriptor;
import io.slimimage.image.Platform;
import java.io.IOException;
import java.util.Optional;

/**
 * The layers of a base image in a registry, which are downloaded and checked when somebody wants
 * what is in them.
 */
final class RegistryLayers implements BaseRecord.Contents {

  private final BlobStore blobs;
  private final BaseFailures failures;
  private final BlobReader reader;
  private final DiffIds diffIds;
  private final CheckedLayers layers;

  RegistryLayers(
      BaseRepository repository, BlobStore blobs, LayerFindings findings, BaseFailures failures) {
    this.blobs = blobs;
    this.failures = failures;
    this.reader = new BlobReader(repository, blobs, failures);
    this.diffIds = new DiffIds(findings, failures);
    this.layers = new CheckedLayers(findings, failures);
  }

  /** Reads the image, but none of its layers. */
  BaseImage read(Descriptor root, Platform platform) throws IOException {
    FoundImage found = new OciImages(reader, failures, platform).read(root);
    return new ImageCheck(layers, failures).check(found, platform);
  }

  @Override
  public Optional<Blob> of(Descriptor layer, Digest diffId, int number) throws IOException {
    Optional<StoredBlob> there = blobs.find(layer.digest());
    boolean checked =
        there.isPresent()
            && there.get().size() == layer.size()
            && diffIds.known(layer).filter(diffId::equals).isPresent();
    return Optional.of(
        checked
            ? there.get()
            : layers.content(
                new FoundImage.Layer(layer, () -> reader.layer(layer, "layer " + number)),
                diffId,
                number));
  }
}
