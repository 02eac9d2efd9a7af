package io.slimimage.maven;

import io.slimimage.blob.Blob;
import io.slimimage.blob.Checksums;
import io.slimimage.blob.Digest;
import io.slimimage.image.BuiltImage;
import io.slimimage.image.BuiltLayer;
import io.slimimage.image.Descriptor;
import io.slimimage.image.ImageLayer;
import io.slimimage.image.ImageReference;
import io.slimimage.image.MediaTypes;
import io.slimimage.image.Platform;
import io.slimimage.image.PlatformImages;
import io.slimimage.layer.ApplicationLayers.Original;
import io.slimimage.layer.LayerRole;
import io.slimimage.modules.ModuleUse;
import io.slimimage.output.EngineLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Results of builds by the embedded engine; what is not set is as with the usual parameters. */
final class EmbeddedResults {

  static final Digest DIGEST = digest("d");
  static final Digest ID = digest("c");
  static final Digest INDEX = digest("a");
  static final Platform HOST = PlatformChoice.host();
  static final Platform FOREIGN =
      Platform.parse(HOST.architecture().equals("arm64") ? "linux/amd64" : "linux/arm64");

  private final List<ImageLayer> base = new ArrayList<>();
  private String baseImage = "scratch";
  private int elsewhere;
  private final List<Platform> platforms = new ArrayList<>(List.of(HOST));
  private boolean unlike;
  private Optional<RuntimeReport> runtime = Optional.empty();
  private List<Original> originals = List.of();
  private List<String> ports = List.of();
  private Optional<Path> archive = Optional.of(Path.of("/p/target/slimimage/image.tar"));
  private Optional<String> engine = Optional.empty();
  private EngineLoader.Loaded loaded = new EngineLoader.Loaded(0, 0);

  /** Returns a digest of one hexadecimal digit. */
  static Digest digest(String digit) {
    return new Digest("sha256", digit.repeat(64));
  }

  /** Lays the image on two layers, of 30 MB and 5 kB. */
  EmbeddedResults on(String name) {
    baseImage = name;
    base.add(layer("1", "2", 30_000_000));
    base.add(layer("3", "4", 5_000));
    return this;
  }

  /** Adds an image for another platform, which lacks the first layer of the base. */
  EmbeddedResults forSeveralPlatforms() {
    platforms.add(platforms.contains(FOREIGN) ? HOST : FOREIGN);
    return this;
  }

  /** Makes what is for this machine by default for another one. */
  EmbeddedResults forForeignPlatform() {
    platforms.set(0, FOREIGN);
    return this;
  }

  /** Makes the second image's layer of the application another one, of 2,345 bytes. */
  EmbeddedResults unlike() {
    unlike = true;
    return this;
  }

  EmbeddedResults lackingLayers(int count) {
    elsewhere = count;
    return this;
  }

  EmbeddedResults withRuntime() {
    List<ModuleUse> modules =
        List.of(
            new ModuleUse("java.base", "always", "", ""),
            new ModuleUse("java.sql", "class", "shop.Orders", "shop.jar"));
    runtime =
        Optional.of(
            new RuntimeReport("17.0.9+9", "Maker", List.of("DRAWING"), modules, List.of("old")));
    return this;
  }

  EmbeddedResults withLibrary(String path, String sha1, String sha256) {
    originals = List.of(new Original(path, new Checksums(sha1, sha256)));
    return this;
  }

  EmbeddedResults exposing(String... exposed) {
    ports = List.of(exposed);
    return this;
  }

  EmbeddedResults archivedTo(Path file) {
    archive = Optional.ofNullable(file);
    return this;
  }

  EmbeddedResults loadedInto(String name, long bytes) {
    engine = Optional.of(name);
    loaded = new EngineLoader.Loaded(bytes, 1);
    return this;
  }

  /** Returns the result: its own layers are one of 20 MB and one of 1,234 bytes. */
  EmbeddedResult get() {
    List<BuiltLayer> own =
        List.of(
            new BuiltLayer(LayerRole.RUNTIME, layer("5", "6", 20_000_000), 42, 52_000_000, true),
            new BuiltLayer(LayerRole.APPLICATION, layer("7", "8", 1_234), 1, 5_678, false));
    List<ImageLayer> all = new ArrayList<>(base);
    own.forEach(layer -> all.add(layer.layer()));
    List<EmbeddedImage> images = new ArrayList<>();
    images.add(new EmbeddedImage(image(platforms.get(0), DIGEST, ID, all), own));
    if (platforms.size() > 1) {
      BuiltLayer application =
          unlike
              ? new BuiltLayer(LayerRole.APPLICATION, layer("9", "b", 2_345), 1, 6_789, false)
              : own.get(1);
      List<ImageLayer> others = new ArrayList<>(all.subList(1, all.size() - 1));
      others.add(application.layer());
      images.add(
          new EmbeddedImage(
              image(platforms.get(1), digest("e"), digest("f"), others),
              List.of(own.get(0), application)));
    }
    PlatformImages named =
        images.size() > 1
            ? new PlatformImages(
                images.stream().map(EmbeddedImage::image).toList(),
                new Descriptor(MediaTypes.INDEX, INDEX, 2),
                Optional.of(Blob.of(new byte[2])))
            : PlatformImages.of(images.get(0).image());
    return new EmbeddedResult(
        named,
        images,
        baseImage,
        runtime,
        originals,
        ports,
        new EmbeddedResult.Written(
            Path.of("/p/target/slimimage/image"), elsewhere, archive, engine, loaded),
        Duration.ofMillis(1_260));
  }

  private static BuiltImage image(
      Platform platform, Digest digest, Digest id, List<ImageLayer> layers) {
    return new BuiltImage(
        List.of(ImageReference.parse("shop:1.0"), ImageReference.parse("shop:0")),
        platform,
        new Descriptor(MediaTypes.MANIFEST, digest, 2),
        Blob.of(new byte[2]),
        new Descriptor(MediaTypes.CONFIG, id, 2),
        Blob.of(new byte[2]),
        layers);
  }

  private static ImageLayer layer(String digest, String diffId, long size) {
    return new ImageLayer(
        new Descriptor(MediaTypes.LAYER_GZIP, digest(digest), size),
        digest(diffId),
        Blob.of(new byte[0]));
  }
}
