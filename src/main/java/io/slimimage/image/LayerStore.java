package io.slimimage.image;

import io.slimimage.SlimImageException;
import io.slimimage.blob.BlobStore;
import io.slimimage.blob.BlobWriter;
import io.slimimage.blob.Compression;
import io.slimimage.blob.Digest;
import io.slimimage.blob.MeasuringInputStream;
import io.slimimage.blob.MeasuringOutputStream;
import io.slimimage.blob.Records;
import io.slimimage.blob.StoredBlob;
import io.slimimage.layer.Layer;
import io.slimimage.layer.LayerRole;
import io.slimimage.layer.LayerSource;
import io.slimimage.layer.LayerTar;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Makes layers, and keeps them for later builds: one that an earlier build has made from the same
 * inputs is neither written nor compressed again.
 *
 * <p>What was made from what is a record, and the layer a blob. The blob is there before its record
 * is, and a record whose blob is gone or damaged counts for nothing: builds may end at any moment.
 */
public final class LayerStore {

  /** Goes up with each change of the bytes that come out, or of what a record says. */
  private static final String FORMAT = "1";

  private static final String LAYER = "layer";
  private static final String COMPRESSED = "compressed";
  private static final String EMPTY = "empty";

  private final BlobStore blobs;
  private final Records records;
  private final Compression compression;

  /**
   * Creates a store.
   *
   * @param blobs keeps the layers
   * @param records keeps which layer was made from what
   * @param compression of the layers that are made
   */
  public LayerStore(BlobStore blobs, Records records, Compression compression) {
    this.blobs = blobs;
    this.records = records;
    this.compression = compression;
  }

  @FunctionalInterface
  private interface Tar {
    /** Writes the archive of a layer and returns its diff ID. */
    Digest write(OutputStream out) throws IOException;
  }

  /**
   * Returns the layers in their order, without those that have no entry. Those that no earlier
   * build has made are made side by side, and nothing of a layer is held in memory. A failure ends
   * them all, as does an interrupt; the sources are asked by several threads, one for each source.
   *
   * @throws SlimImageException if a file changes while it is read, or on an interrupt
   */
  public List<BuiltLayer> build(List<LayerSource> sources) throws IOException {
    try (LayerThreads threads = new LayerThreads()) {
      List<Callable<Optional<BuiltLayer>>> tasks =
          sources.stream()
              .<Callable<Optional<BuiltLayer>>>map(source -> () -> layer(source, threads))
              .toList();
      return threads.all(tasks).stream().flatMap(Optional::stream).toList();
    }
  }

  /**
   * Returns a layer of a base image in OCI's format, compressed where it was not. What is
   * compressed already stays as it is.
   *
   * @throws SlimImageException if the layer is in another format, or is not what its diff ID says
   */
  public ImageLayer compressed(ImageLayer layer) throws IOException {
    String mediaType = MediaTypes.ofOci(layer.descriptor().mediaType());
    if (!MediaTypes.isLayer(mediaType)) {
      throw new SlimImageException(
          SlimImageException.advise(
              "A layer of the base image has the unknown format [" + mediaType + "]",
              "use another base image"));
    }
    if (!mediaType.equals(MediaTypes.LAYER_TAR) || compression == Compression.NONE) {
      Descriptor descriptor = layer.descriptor();
      return new ImageLayer(
          new Descriptor(mediaType, descriptor.digest(), descriptor.size()),
          layer.diffId(),
          layer.content());
    }
    Digest key = keyOf(layer.diffId());
    Optional<StoredBlob> known = Optional.empty();
    Optional<LayerRecord> record = records.find(COMPRESSED, key).flatMap(LayerRecord::parse);
    if (record.isPresent()) {
      known = blobs.find(record.get().digest());
    }
    return imageLayer(known.isPresent() ? known.get() : compress(layer, key), layer.diffId());
  }

  private StoredBlob compress(ImageLayer layer, Digest key) throws IOException {
    try (LayerThreads threads = new LayerThreads();
        BlobWriter out = blobs.write();
        MeasuringInputStream in =
            new MeasuringInputStream(layer.content().open(), layer.diffId())) {
      Digest diffId =
          pack(
              packed -> {
                in.transferTo(packed);
                return in.digest();
              },
              out,
              threads);
      if (!diffId.equals(layer.diffId())) {
        throw new SlimImageException(
            SlimImageException.advise(
                "A layer of the base image is not what its diff ID [" + layer.diffId() + "] says",
                "save or pull the base image again"));
      }
      StoredBlob blob = out.commit();
      LayerRecord made = new LayerRecord(blob.digest(), layer.diffId(), 0, 0);
      records.put(COMPRESSED, key, made.text());
      return blob;
    }
  }

  private Optional<BuiltLayer> layer(LayerSource source, LayerThreads threads) throws IOException {
    Digest key = source.key();
    Optional<String> text = records.find(LAYER, keyOf(key));
    if (text.filter(EMPTY::equals).isPresent()) {
      return Optional.empty();
    }
    Optional<LayerRecord> record = text.flatMap(LayerRecord::parse);
    if (record.isPresent()) {
      Optional<StoredBlob> blob = blobs.find(record.get().digest());
      if (blob.isPresent()) {
        return Optional.of(built(source.role(), record.get(), blob.get(), true));
      }
    }
    return make(source, key, threads);
  }

  private Optional<BuiltLayer> make(LayerSource source, Digest key, LayerThreads threads)
      throws IOException {
    Layer layer = source.layer();
    if (layer.entries().isEmpty()) {
      records.put(LAYER, keyOf(key), EMPTY);
      return Optional.empty();
    }
    try (BlobWriter out = blobs.write()) {
      Digest diffId =
          pack(
              packed -> {
                MeasuringOutputStream tar = new MeasuringOutputStream(packed);
                LayerTar.write(layer, tar);
                return tar.digest();
              },
              out,
              threads);
      if (!source.key().equals(key)) {
        throw new SlimImageException(
            SlimImageException.advise(
                "A file of the layer ["
                    + source.role().directoryName()
                    + "] changed while it was read",
                "stop what is writing to it and build again"));
      }
      StoredBlob blob = out.commit();
      LayerRecord record = LayerRecord.of(layer, blob.digest(), diffId);
      records.put(LAYER, keyOf(key), record.text());
      return Optional.of(built(source.role(), record, blob, false));
    }
  }

  private Digest pack(Tar tar, OutputStream out, LayerThreads threads) throws IOException {
    try (OutputStream packed = compression.to(out, threads.compressors())) {
      return tar.write(LayerThreads.interruptible(packed));
    }
  }

  private BuiltLayer built(LayerRole role, LayerRecord record, StoredBlob blob, boolean cached) {
    ImageLayer layer = imageLayer(blob, record.diffId());
    return new BuiltLayer(role, layer, record.files(), record.bytes(), cached);
  }

  private ImageLayer imageLayer(StoredBlob blob, Digest diffId) {
    Descriptor descriptor = new Descriptor(compression.mediaType(), blob.digest(), blob.size());
    return new ImageLayer(descriptor, diffId, blob);
  }

  private Digest keyOf(Digest content) {
    return Digest.sha256(FORMAT + " " + content + " " + compression);
  }
}
