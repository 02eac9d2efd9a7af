package io.slimimage.output;

import io.slimimage.blob.Blob;
import io.slimimage.blob.BlobStore;
import io.slimimage.blob.BlobWriter;
import io.slimimage.blob.Compression;
import io.slimimage.blob.Digest;
import io.slimimage.blob.FileDigests;
import io.slimimage.blob.MeasuringOutputStream;
import io.slimimage.blob.StoredBlob;
import io.slimimage.image.BaseImage;
import io.slimimage.image.BuiltImage;
import io.slimimage.image.BuiltLayer;
import io.slimimage.image.Descriptor;
import io.slimimage.image.ImageAssembly;
import io.slimimage.image.ImageConfig;
import io.slimimage.image.ImageLayer;
import io.slimimage.image.ImageMetadata;
import io.slimimage.image.ImagePlan;
import io.slimimage.image.ImageReference;
import io.slimimage.image.Platform;
import io.slimimage.image.PlatformImages;
import io.slimimage.layer.Layer;
import io.slimimage.layer.LayerEntry;
import io.slimimage.layer.LayerRole;
import io.slimimage.layer.LayerTar;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * Small images that run: a runtime layer and one of dependencies, of bytes that nobody reads, and
 * an application layer with a program.
 */
public final class SampleImage {

  private static final ImageMetadata METADATA =
      new ImageMetadata(Instant.EPOCH, Map.of(), "slimimage-maven-plugin 1.2");

  private final BlobStore blobs;
  private final FileDigests digests;
  private final Compression compression;
  private final long seed;
  private final int library;

  private SampleImage(
      BlobStore blobs, FileDigests digests, Compression compression, long seed, int library) {
    this.blobs = blobs;
    this.digests = digests;
    this.compression = compression;
    this.seed = seed;
    this.library = library;
  }

  /**
   * Returns images whose layers are in a store.
   *
   * @param cache the store's directory
   * @param seed of the lower layers: to those of another seed no engine has any
   */
  public static SampleImage in(Path cache, Compression compression, long seed) {
    FileDigests digests = FileDigests.at(cache.resolve("digests"));
    BlobStore blobs = new BlobStore(cache.resolve("blobs"), digests);
    return new SampleImage(blobs, digests, compression, seed, 1_500_000);
  }

  /** Returns the same with so many bytes in the layer of dependencies. */
  public SampleImage withLarger(int bytes) {
    return new SampleImage(blobs, digests, compression, seed, bytes);
  }

  /** Returns a writer of layouts whose blobs are those of the store. */
  public LayoutWriter layout(Path directory) {
    return new LayoutWriter(directory, digests, blobs);
  }

  /** Returns an image that prints a text. */
  public BuiltImage printing(String text, String... references) throws IOException {
    List<BuiltLayer> layers = new ArrayList<>();
    layers.add(layer(LayerRole.RUNTIME, "opt/runtime", 600_000));
    layers.add(layer(LayerRole.DEPENDENCIES, "opt/library", library));
    layers.add(application(text));
    return image(layers, references);
  }

  private static BuiltImage image(List<BuiltLayer> layers, String... references) {
    List<ImageReference> names = Stream.of(references).map(it -> ImageReference.parse(it)).toList();
    return assemble(names, "65532", layers);
  }

  private static BuiltImage assemble(
      List<ImageReference> references, String user, List<BuiltLayer> layers) {
    return ImageAssembly.assemble(
        new ImagePlan(references, "scratch", List.of(), config(user)),
        BaseImage.scratch(SampleProgram.platform()),
        layers,
        METADATA);
  }

  private static ImageConfig config(String user) {
    return new ImageConfig(
        user,
        List.of(),
        Map.of(),
        Map.of(),
        List.of(),
        "",
        List.of("/app/program"),
        List.of(),
        null,
        "");
  }

  /** Returns an index with an image that prints a text, and with one for a platform of nobody. */
  public PlatformImages forSeveral(String text, String... references) throws IOException {
    BuiltImage own = printing(text, references);
    BuiltImage other =
        ImageAssembly.assemble(
            new ImagePlan(own.references(), "scratch", List.of(), config("65532")),
            BaseImage.scratch(Platform.parse("linux/s390x")),
            List.of(layer(LayerRole.DEPENDENCIES, "opt/library", library), application("other")),
            METADATA);
    return ImageAssembly.index(List.of(other, own), Map.of());
  }

  /** Returns an image of the same layers for another user. */
  public static BuiltImage withUser(BuiltImage image, String user) {
    return assemble(image.references(), user, layers(image));
  }

  private static List<BuiltLayer> layers(BuiltImage image) {
    List<BuiltLayer> layers = new ArrayList<>();
    for (ImageLayer layer : image.layers()) {
      layers.add(new BuiltLayer(LayerRole.values()[layers.size()], layer, 1, 1, false));
    }
    return layers;
  }

  /** Returns an image that says the same of other layers. */
  public static BuiltImage withLayers(BuiltImage image, List<ImageLayer> layers) {
    return new BuiltImage(
        image.references(),
        image.platform(),
        image.manifestDescriptor(),
        image.manifest(),
        image.configDescriptor(),
        image.config(),
        layers);
  }

  private BuiltLayer application(String text) throws IOException {
    byte[] program = SampleProgram.printing(text);
    return layer(
        LayerRole.APPLICATION,
        List.of(
            new LayerEntry.Directory("app", 0755),
            new LayerEntry.File("app/program", 0755, Blob.of(program))));
  }

  BuiltLayer layer(LayerRole role, String path, int size) throws IOException {
    byte[] bytes = new byte[size];
    new Random(seed + role.ordinal()).nextBytes(bytes);
    return layer(
        role,
        List.of(
            new LayerEntry.Directory("opt", 0755),
            new LayerEntry.File(path, 0644, Blob.of(bytes))));
  }

  private BuiltLayer layer(LayerRole role, List<LayerEntry> entries) throws IOException {
    ExecutorService workers = Executors.newSingleThreadExecutor();
    try (BlobWriter writer = blobs.write()) {
      Digest diffId;
      try (OutputStream compressed = compression.to(writer, workers)) {
        MeasuringOutputStream tar = new MeasuringOutputStream(compressed);
        LayerTar.write(new Layer(role, entries), tar);
        diffId = tar.digest();
      }
      StoredBlob blob = writer.commit();
      Descriptor descriptor = new Descriptor(compression.mediaType(), blob.digest(), blob.size());
      return new BuiltLayer(role, new ImageLayer(descriptor, diffId, blob), 1, 1, false);
    } finally {
      workers.shutdownNow();
    }
  }
}
