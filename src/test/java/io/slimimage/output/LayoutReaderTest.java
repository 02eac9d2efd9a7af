package io.slimimage.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.SlimImageException;
import io.slimimage.blob.Blob;
import io.slimimage.blob.Compression;
import io.slimimage.blob.Digest;
import io.slimimage.image.BuiltImage;
import io.slimimage.image.Descriptor;
import io.slimimage.image.ImageDocuments;
import io.slimimage.image.PlatformImages;
import io.slimimage.registry.ManifestBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutReaderTest {

  @TempDir private Path root;

  private Path layout;
  private BuiltImage image;

  @BeforeEach
  void write() throws IOException {
    layout = root.resolve("image");
    image = samples().printing("hello", "registry.example/shop:1.0", "registry.example/shop:2");
    samples().layout(layout).write(PlatformImages.of(image));
  }

  private PushableImage read(Digest root) throws IOException {
    return LayoutReader.read(layout, root, LayoutReader.Elsewhere.NONE);
  }

  private SampleImage samples() {
    return SampleImage.in(root.resolve("cache"), Compression.GZIP, 1).withLarger(20_000);
  }

  @Test
  void readsTheSameAsWasBuilt() throws IOException {
    PushableImage read = read(image.digest());
    PushableImage built = PushableImage.of(PlatformImages.of(image));

    assertThat(read.digest()).isEqualTo(built.digest());
    assertThat(read.root().mediaType()).isEqualTo(built.root().mediaType());
    assertThat(read.root().bytes()).isEqualTo(built.root().bytes());
    assertThat(read.parts())
        .extracting(PushableImage.Part::descriptor)
        .isEqualTo(built.parts().stream().map(PushableImage.Part::descriptor).toList());
    for (PushableImage.Part part : read.parts()) {
      assertThat(Digest.sha256(part.content())).isEqualTo(part.descriptor().digest());
    }
  }

  @Test
  void readsTheSameAsWasBuiltForSeveralPlatforms() throws IOException {
    PlatformImages several = samples().forSeveral("hello", "registry.example/shop:1.0");
    samples().layout(layout).write(several);

    PushableImage read = read(several.digest());

    PushableImage built = PushableImage.of(several);
    assertThat(read.manifests())
        .extracting(ManifestBytes::digest)
        .containsExactly(
            several.images().get(0).digest(), several.images().get(1).digest(), several.digest())
        .isEqualTo(built.manifests().stream().map(ManifestBytes::digest).toList());
    assertThat(read.parts())
        .extracting(PushableImage.Part::descriptor)
        .isEqualTo(built.parts().stream().map(PushableImage.Part::descriptor).toList())
        .doesNotHaveDuplicates();
    assertThat(samples().layout(layout).write(several)).isFalse();
    assertThat(samples().layout(layout).write(PlatformImages.of(image))).isTrue();
    assertThat(layout.resolve(ImageArchive.path(several.digest()))).doesNotExist();
  }

  @Test
  void findsLayersElsewhereThatItLacks() throws IOException {
    Descriptor layer = image.layers().get(0).descriptor();
    Files.delete(layout.resolve(ImageArchive.path(layer.digest())));
    List<String> asked = new ArrayList<>();

    PushableImage read =
        LayoutReader.read(
            layout,
            image.digest(),
            lacking -> {
              asked.add(lacking.digest().toString());
              return Optional.of(Blob.of("elsewhere".getBytes(StandardCharsets.UTF_8)));
            });

    assertThat(asked).containsExactly(layer.digest().toString());
    assertThat(read.parts())
        .filteredOn(part -> part.descriptor().equals(layer))
        .singleElement()
        .satisfies(part -> assertThat(part.content().size()).isEqualTo("elsewhere".length()));
    assertThatThrownBy(() -> read(image.digest()))
        .hasMessageContaining("lacks a blob, or has less or more of it: " + layer.digest());
  }

  @Test
  void readsAnIndexAfterTheImagesInIt() throws IOException {
    ManifestBytes manifest = PushableImage.of(PlatformImages.of(image)).root();
    ManifestBytes index = RegistryWriterTest.index(manifest);
    add(index);
    Files.write(layout.resolve("index.json"), RegistryWriterTest.index(index).bytes());

    PushableImage read = read(index.digest());

    assertThat(read.manifests())
        .extracting(ManifestBytes::digest)
        .containsExactly(manifest.digest(), index.digest());
    assertThat(read.parts()).hasSize(4);
  }

  private void add(ManifestBytes document) throws IOException {
    Files.write(layout.resolve(ImageArchive.path(document.digest())), document.bytes());
  }

  @Test
  void doesNotFindAnImageThatTheIndexDoesNotName() {
    Digest other = Digest.sha256("other");

    assertThatThrownBy(() -> read(other))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("does not have the image [" + other + "]")
        .hasMessageContaining("perhaps you should build again");
  }

  @Test
  void refusesADirectoryThatIsNoLayout() throws IOException {
    Files.delete(layout.resolve("index.json"));

    assertThatThrownBy(() -> read(image.digest())).hasMessageContaining("has no [index.json]");
  }

  @Test
  void noticesADamagedManifest() throws IOException {
    damage(image.digest());

    assertThatThrownBy(() -> read(image.digest()))
        .hasMessageContaining("has a damaged blob: " + image.digest());
  }

  @Test
  void noticesADamagedConfiguration() throws IOException {
    damage(image.id());

    assertThatThrownBy(() -> read(image.digest()))
        .hasMessageContaining("has a damaged blob: " + image.id());
  }

  private void damage(Digest digest) throws IOException {
    Path file = layout.resolve(ImageArchive.path(digest));
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    // Not in place, since the file may be a name of one in the cache.
    Files.delete(file);
    Files.write(file, bytes);
  }

  @Test
  void noticesALayerThatIsMissingOrCut() throws IOException {
    Digest layer = image.layers().get(0).descriptor().digest();
    Path file = layout.resolve(ImageArchive.path(layer));
    Files.delete(file);
    assertThatThrownBy(() -> read(image.digest()))
        .hasMessageContaining("lacks a blob")
        .hasMessageContaining(layer.toString());

    Files.write(file, new byte[10]);
    assertThatThrownBy(() -> read(image.digest())).hasMessageContaining(layer.toString());
  }

  @Test
  void refusesAnIndexThatSaysItIsAManifest() throws IOException {
    byte[] bytes = "{\"schemaVersion\":2}".getBytes(StandardCharsets.UTF_8);
    ManifestBytes empty = ManifestBytes.of("application/vnd.oci.image.index.v1+json", bytes);
    add(empty);
    Files.write(layout.resolve("index.json"), RegistryWriterTest.index(empty).bytes());

    assertThatThrownBy(() -> read(empty.digest()))
        .hasMessageContaining("is not what it is said to be");
  }

  @Test
  void refusesAnIndexWithoutAnEnd() throws IOException {
    ManifestBytes inner = PushableImage.of(PlatformImages.of(image)).root();
    for (int depth = 0; depth < 7; depth++) {
      inner = RegistryWriterTest.index(inner);
      add(inner);
    }
    Files.write(layout.resolve("index.json"), RegistryWriterTest.index(inner).bytes());
    Digest outermost = inner.digest();

    assertThatThrownBy(() -> read(outermost)).isInstanceOf(SlimImageException.class);
  }

  @Test
  void takesTheImageOfTheIndexWhateverItsNames() throws IOException {
    Files.write(
        layout.resolve("index.json"),
        ImageDocuments.index(PlatformImages.of(image), List.of(image.references().get(1))));

    assertThat(read(image.digest()).digest()).isEqualTo(image.digest());
  }

  @Test
  void readsNoLayerThatIsNotAskedFor() throws IOException {
    Digest layer = image.layers().get(1).descriptor().digest();
    damage(layer);

    PushableImage read = read(image.digest());

    Blob content =
        read.parts().stream()
            .filter(part -> part.descriptor().digest().equals(layer))
            .findFirst()
            .orElseThrow()
            .content();
    assertThat(Digest.sha256(content)).isNotEqualTo(layer);
  }
}
