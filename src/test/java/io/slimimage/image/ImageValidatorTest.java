package io.slimimage.image;

import static io.slimimage.image.TestImages.METADATA;
import static io.slimimage.image.TestImages.PLATFORM;
import static io.slimimage.image.TestImages.base;
import static io.slimimage.image.TestImages.layer;
import static io.slimimage.image.TestImages.plan;
import static io.slimimage.image.TestImages.stored;
import static io.slimimage.image.TestImages.tar;
import static io.slimimage.image.TestImages.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.slimimage.SlimImageException;
import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import io.slimimage.blob.MeasuringInputStream;
import io.slimimage.layer.Layer;
import io.slimimage.layer.LayerEntry;
import io.slimimage.layer.LayerRole;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageValidatorTest {

  private static final byte[] TAR = tar(layer(LayerRole.APPLICATION, "app.jar", "application"));

  private static ImageLayer compressed(String mediaType, byte[] bytes, byte[] tar) {
    return new ImageLayer(
        new Descriptor(mediaType, Digest.sha256(bytes), bytes.length),
        Digest.sha256(tar),
        Blob.of(bytes));
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static BuiltImage image(ImageLayer... layers) {
    List<BuiltLayer> own =
        Arrays.stream(layers)
            .map(layer -> new BuiltLayer(LayerRole.APPLICATION, layer, 1, 1, false))
            .toList();
    return ImageAssembly.assemble(plan(), BaseImage.scratch(PLATFORM), own, METADATA);
  }

  /** Returns the image with other texts, whose descriptors are right. */
  private static BuiltImage with(BuiltImage image, String manifest, String config) {
    return new BuiltImage(
        image.references(),
        image.platform(),
        descriptor(MediaTypes.MANIFEST, manifest),
        Blob.of(manifest.getBytes(UTF_8)),
        descriptor(MediaTypes.CONFIG, config),
        Blob.of(config.getBytes(UTF_8)),
        image.layers());
  }

  private static Descriptor descriptor(String mediaType, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return new Descriptor(mediaType, Digest.sha256(bytes), bytes.length);
  }

  private static BuiltImage withConfig(BuiltImage image, String from, String to) {
    String before = text(image.config());
    assertThat(before).contains(from);
    String config = before.replace(from, to);
    Descriptor descriptor = descriptor(MediaTypes.CONFIG, config);
    String manifest =
        text(image.manifest())
            .replace(image.id().toString(), descriptor.digest().toString())
            .replace("\"size\":" + image.config().size(), "\"size\":" + descriptor.size());
    return with(image, manifest, config);
  }

  private static BuiltImage withManifest(BuiltImage image, String from, String to) {
    assertThat(text(image.manifest())).contains(from);
    return with(image, text(image.manifest()).replace(from, to), text(image.config()));
  }

  private static AbstractThrowableAssert<?, ?> assertRejected(BuiltImage image) {
    return assertThatThrownBy(() -> ImageValidator.validate(image))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("perhaps you should");
  }

  @Test
  void acceptsWhatIsAssembled() throws IOException {
    ImageLayer gzip = compressed(MediaTypes.LAYER_GZIP, gzip(TAR), TAR);
    ImageValidator.validate(image());
    ImageValidator.validate(image(stored(TAR)));
    ImageValidator.validate(image(gzip, stored(TAR), gzip));
  }

  @Test
  void readsAllMembersOfAGzip() throws IOException {
    byte[] members =
        join(
            gzip(Arrays.copyOf(TAR, 700)),
            join(gzip(new byte[0]), gzip(Arrays.copyOfRange(TAR, 700, TAR.length))));
    ImageValidator.validate(image(compressed(MediaTypes.LAYER_GZIP, members, TAR)));
  }

  @Test
  void readsAllFramesOfAZstd() throws IOException {
    byte[] frames =
        join(
            Zstd.compress(Arrays.copyOf(TAR, 700)),
            Zstd.compress(Arrays.copyOfRange(TAR, 700, TAR.length)));
    ImageValidator.validate(image(compressed(MediaTypes.LAYER_ZSTD, frames, TAR)));
    frames[20] ^= 1;
    assertRejected(image(compressed(MediaTypes.LAYER_ZSTD, frames, TAR)));
  }

  @Test
  void knowsAlgorithmsOtherThanSha256() throws IOException {
    MeasuringInputStream in =
        new MeasuringInputStream(Blob.of(TAR).open(), new Digest("sha512", "0".repeat(128)));
    in.finish();
    ImageLayer layer = new ImageLayer(stored(TAR).descriptor(), in.digest(), Blob.of(TAR));
    ImageValidator.validate(image(layer));
  }

  @Test
  void rejectsBytesThatHaveChanged() throws IOException {
    byte[] gzip = gzip(TAR);
    for (int at : new int[] {0, 20, gzip.length / 2, gzip.length - 1}) {
      byte[] flipped = gzip.clone();
      flipped[at] ^= 1;
      ImageLayer layer = compressed(MediaTypes.LAYER_GZIP, gzip, TAR);
      assertRejected(image(new ImageLayer(layer.descriptor(), layer.diffId(), Blob.of(flipped))));
    }
    byte[] flipped = TAR.clone();
    flipped[TAR.length - 1] = 1;
    assertRejected(
            image(new ImageLayer(stored(TAR).descriptor(), stored(TAR).diffId(), Blob.of(flipped))))
        .hasMessageContaining("Layer 1 of the image [app:1] has the diff ID");
  }

  @Test
  void rejectsADiffIdOfSomethingElse() throws IOException {
    assertRejected(image(compressed(MediaTypes.LAYER_GZIP, gzip(TAR), new byte[1024])))
        .hasMessageContaining("diff ID");
  }

  @Test
  void rejectsCompressedBytesThatEndTooEarlyOrTooLate() throws IOException {
    byte[] gzip = gzip(TAR);
    byte[] half = Arrays.copyOf(gzip, gzip.length / 2);
    assertRejected(image(compressed(MediaTypes.LAYER_GZIP, half, TAR)))
        .hasMessageContaining("damaged");
    byte[] garbage = join(gzip, new byte[] {1, 2, 3});
    assertRejected(image(compressed(MediaTypes.LAYER_GZIP, garbage, TAR)))
        .hasMessageContaining("damaged");
  }

  @Test
  void rejectsALayerInAnotherFormatThanItSays() throws IOException {
    assertRejected(image(compressed(MediaTypes.LAYER_GZIP, TAR, TAR)));
    assertRejected(image(compressed(MediaTypes.DOCKER_LAYER, gzip(TAR), TAR)))
        .hasMessageContaining("unknown format [application/vnd.docker.image.rootfs.diff.tar.gzip]");
  }

  @Test
  void rejectsASizeThatIsWrong() {
    Descriptor right = stored(TAR).descriptor();
    Descriptor wrong = new Descriptor(right.mediaType(), right.digest(), right.size() + 1);
    assertRejected(image(new ImageLayer(wrong, right.digest(), Blob.of(TAR))))
        .hasMessageContaining("size [2560] where [2561]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"schemaVersion\":2 | \"schemaVersion\":1",
        "image.manifest.v1+json | image.index.v1+json",
        "layer.v1.tar | layer.v1.tar+gzip",
        "config.v1+json | config.v2+json",
        "\"size\":2560 | \"size\":2561",
      },
      quoteCharacter = '#')
  void rejectsAManifestOfAnotherImage(String from, String to) {
    assertRejected(withManifest(image(stored(TAR)), from.strip(), to.strip()))
        .hasMessageContaining("manifest");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"os\":\"linux\" | \"os\":\"plan9\"",
        "\"architecture\":\"amd64\" | \"architecture\":\"arm64\"",
        "\"type\":\"layers\" | \"type\":\"x\"",
        "\"diff_ids\":[ | \"diff_ids\":[\"sha256:x\",",
        "\"history\":[ | \"history\":[{},",
        "\"comment\" | \"empty_layer\":true,\"comment\"",
      },
      quoteCharacter = '#')
  void rejectsAConfigurationThatDoesNotFit(String from, String to) {
    assertRejected(withConfig(image(stored(TAR)), from.strip(), to.strip()))
        .hasMessageContaining("configuration");
  }

  @Test
  void rejectsDescriptorsOfOtherTexts() {
    BuiltImage image = image();
    BuiltImage other = withConfig(image, "linux", "linuX");
    BuiltImage config =
        new BuiltImage(
            image.references(),
            PLATFORM,
            image.manifestDescriptor(),
            image.manifest(),
            image.configDescriptor(),
            other.config(),
            List.of());
    assertRejected(config)
        .hasMessageContaining("The configuration of the image [app:1] has the digest");
    BuiltImage manifest =
        new BuiltImage(
            image.references(),
            PLATFORM,
            image.manifestDescriptor(),
            other.manifest(),
            image.configDescriptor(),
            image.config(),
            List.of());
    assertRejected(manifest)
        .hasMessageContaining("The manifest of the image [app:1] has the digest");
  }

  private static ImageLayer untidy(String... paths) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      for (String path : paths) {
        tar.putArchiveEntry(new TarArchiveEntry(path, true));
        tar.closeArchiveEntry();
      }
    }
    return stored(out.toByteArray());
  }

  @ParameterizedTest
  @CsvSource({"/etc/x", "../x", "a/../../x", "a/.."})
  void rejectsPathsOutOfTheImageAlsoInABase(String path) throws IOException {
    BuiltImage image = image(untidy(path));
    assertRejected(image).hasMessageContaining("[" + path + "], which is not inside of the image");
    assertThatThrownBy(() -> ImageValidator.validate(image, 1))
        .isInstanceOf(SlimImageException.class);
  }

  @Test
  void rejectsEntriesThatAreNotTidyUnlessInABase() throws IOException {
    List<BuiltImage> untidy =
        List.of(
            image(untidy("a/", "a/b", "a/")),
            image(untidy("a/b", "a/")),
            image(untidy("a/b")),
            image(untidy("x", "x")));
    assertRejected(untidy.get(0)).hasMessageContaining("[a] twice");
    assertRejected(untidy.get(1)).hasMessageContaining("[a/b] without [a] before it");
    assertRejected(untidy.get(2)).hasMessageContaining("[a/b] without [a] before it");
    assertRejected(untidy.get(3)).hasMessageContaining("[x] twice");
    for (BuiltImage image : untidy) {
      assertThatCode(() -> ImageValidator.validate(image, 1)).doesNotThrowAnyException();
    }
  }

  @Test
  void acceptsOwnLayersOnABase() throws IOException {
    Layer own = layer(LayerRole.EXTRA, "x", "y");
    BuiltLayer built = new BuiltLayer(LayerRole.EXTRA, stored(tar(own)), 1, 1, false);
    BaseImage base = base("\"os\":\"linux\"", untidy("./a"), untidy("b/c"));
    BuiltImage image = ImageAssembly.assemble(plan(), base, List.of(built), METADATA);
    ImageValidator.validate(image, 2);
    assertRejected(image);
  }

  @Test
  void manyEntriesAreChecked() throws IOException {
    List<LayerEntry> entries =
        IntStream.range(10_000, 20_000)
            .<LayerEntry>mapToObj(i -> new LayerEntry.Directory("d" + i, 0755))
            .toList();
    ImageValidator.validate(image(stored(tar(new Layer(LayerRole.EXTRA, entries)))));
  }
}
