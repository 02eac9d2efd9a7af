package io.slimimage.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slimimage.SlimImageException;
import io.slimimage.blob.Blob;
import io.slimimage.blob.Compression;
import io.slimimage.blob.Digest;
import io.slimimage.blob.StoredBlob;
import io.slimimage.image.BuiltImage;
import io.slimimage.image.ImageLayer;
import io.slimimage.image.PlatformImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutWriterTest {

  @TempDir Path temp;

  private Path layout;
  private SampleImage images;
  private LayoutWriter writer;

  @BeforeEach
  void prepare() {
    layout = temp.resolve("target/slimimage/image");
    images = SampleImage.in(temp.resolve("cache"), Compression.GZIP, 1);
    writer = images.layout(layout);
  }

  @Test
  void writesALayoutWithAnEntryForEachName() throws IOException {
    BuiltImage image = images.printing("hello", "shop:1", "shop:latest", "reg.example:5000/x/y:1");

    assertThat(writer.write(PlatformImages.of(image))).isTrue();

    assertThat(layout.resolve("oci-layout")).hasContent("{\"imageLayoutVersion\":\"1.0.0\"}");
    JsonNode index = new ObjectMapper().readTree(layout.resolve("index.json").toFile());
    assertThat(index.get("schemaVersion").asInt()).isEqualTo(2);
    assertThat(index.get("manifests"))
        .allSatisfy(
            manifest -> {
              assertThat(manifest.get("digest").asText()).isEqualTo(image.digest().toString());
              assertThat(manifest.get("size").asLong()).isEqualTo(image.manifest().size());
              assertThat(manifest.at("/platform/os").asText()).isEqualTo("linux");
            });
    assertThat(index.findValuesAsText("io.containerd.image.name"))
        .containsExactly(
            "docker.io/library/shop:1", "docker.io/library/shop:latest", "reg.example:5000/x/y:1");
    // A tag that is there twice is ambiguous to umoci.
    assertThat(index.findValuesAsText("org.opencontainers.image.ref.name"))
        .containsExactly("1", "latest");
    assertBlobsAre(image);
  }

  @Test
  void leavesWhatIsThereAlone() throws IOException {
    BuiltImage image = images.printing("hello", "shop:1");
    writer.write(PlatformImages.of(image));
    Map<String, String> before = state();

    assertThat(writer.write(PlatformImages.of(image))).isFalse();

    assertThat(state()).isEqualTo(before);
  }

  @Test
  void anotherNameIsAnotherIndexOnly() throws IOException {
    writer.write(PlatformImages.of(images.printing("hello", "shop:1")));
    Map<String, String> before = state();

    assertThat(writer.write(PlatformImages.of(images.printing("hello", "shop:1", "shop:2"))))
        .isTrue();

    Map<String, String> after = state();
    assertThat(after.keySet()).isEqualTo(before.keySet());
    assertThat(after.entrySet().stream().filter(it -> !before.entrySet().contains(it)))
        .extracting(Map.Entry::getKey)
        .containsExactly("index.json");
  }

  @Test
  void takesOnlyWhatIsNewFromTheStore() throws IOException {
    BuiltImage first = images.printing("hello", "shop:1");
    BuiltImage second = images.printing("goodbye", "shop:1");
    writer.write(PlatformImages.of(first));
    Map<String, String> before = state();

    assertThat(writer.write(PlatformImages.of(second))).isTrue();

    assertBlobsAre(second);
    assertThat(state().entrySet()).containsAll(common(before, second));
    StoredBlob lowest = (StoredBlob) second.layers().get(0).content();
    assertThat(Files.isSameFile(lowest.file(), blob(lowest.digest()))).isTrue();
  }

  private static List<Map.Entry<String, String>> common(
      Map<String, String> before, BuiltImage image) {
    List<String> kept =
        image.layers().subList(0, 2).stream().map(it -> it.descriptor().digest().hex()).toList();
    return before.entrySet().stream()
        .filter(it -> kept.stream().anyMatch(it.getKey()::endsWith))
        .toList();
  }

  @Test
  void replacesBlobsThatWereDamagedOrAreMissing() throws IOException {
    BuiltImage image = images.printing("hello", "shop:1");
    writer.write(PlatformImages.of(image));
    // A copy: the layout's file has the same bytes as the store's, which damage would reach too.
    Path damaged = blob(image.layers().get(0).descriptor().digest());
    byte[] bytes = Files.readAllBytes(damaged);
    Files.delete(damaged);
    bytes[1000] ^= 1;
    Files.write(damaged, bytes);
    Files.delete(blob(image.id()));

    assertThat(writer.write(PlatformImages.of(image))).isTrue();

    assertBlobsAre(image);
  }

  @Test
  void removesWhatKilledBuildsHaveLeft() throws IOException {
    Files.createDirectories(layout.resolve("blobs/sha256"));
    Files.writeString(layout.resolve(".index.json.partial"), "{");
    Files.writeString(layout.resolve("blobs/sha256/.0123.partial"), "x");
    Files.writeString(layout.resolve("blobs/sha256/" + "0".repeat(64)), "x");
    BuiltImage image = images.printing("hello", "shop:1");

    writer.write(PlatformImages.of(image));

    assertBlobsAre(image);
    try (Stream<Path> files = Files.list(layout)) {
      assertThat(files.map(it -> it.getFileName().toString()))
          .containsExactlyInAnyOrder("blobs", "index.json", "oci-layout");
    }
  }

  /** The index is the last file to change, so that a build may be killed at any moment. */
  @Test
  void isTheOldImageUntilAllOfTheNewOneIsThere() throws IOException {
    BuiltImage old = images.printing("hello", "shop:1");
    writer.write(PlatformImages.of(old));
    BuiltImage next = images.printing("goodbye", "shop:1");
    // What the writer fails at: the last of the new image's blobs, by their names.
    Digest last =
        Stream.concat(
                Stream.of(next.id(), next.digest()),
                next.layers().stream().map(it -> it.descriptor().digest()))
            .filter(it -> !Files.exists(blob(it)))
            .max((a, b) -> a.hex().compareTo(b.hex()))
            .orElseThrow();
    Files.createDirectories(blob(last).resolve("in-the-way"));

    assertThatThrownBy(() -> writer.write(PlatformImages.of(next)))
        .isInstanceOf(SlimImageException.class);

    Files.delete(blob(last).resolve("in-the-way"));
    Files.delete(blob(last));
    String index = Files.readString(layout.resolve("index.json"));
    assertThat(index).contains(old.digest().toString()).doesNotContain(next.digest().toString());
    for (ImageLayer layer : old.layers()) {
      Digest digest = layer.descriptor().digest();
      assertThat(Digest.sha256(Blob.of(blob(digest)))).isEqualTo(digest);
    }
    assertThat(writer.write(PlatformImages.of(next))).isTrue();
    assertBlobsAre(next);
  }

  @Test
  void takesNoBlobThatIsNotWhatItsDigestSays() throws IOException {
    BuiltImage image = images.printing("hello", "shop:1");
    List<ImageLayer> layers = new ArrayList<>(image.layers());
    ImageLayer top = layers.remove(2);
    layers.add(new ImageLayer(top.descriptor(), top.diffId(), Blob.of(new byte[10])));

    assertThatThrownBy(() -> writer.write(PlatformImages.of(SampleImage.withLayers(image, layers))))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("The blob [" + top.descriptor().digest() + "] has the digest [");
    assertThat(layout.resolve("index.json")).doesNotExist();
  }

  @Test
  void saysThatAFileIsInTheWay() throws IOException {
    Files.createDirectories(layout.getParent());
    Files.writeString(layout, "mine");

    assertThatThrownBy(() -> writer.write(PlatformImages.of(images.printing("hello", "shop:1"))))
        .isInstanceOf(SlimImageException.class)
        .hasMessage(
            "The image cannot be written to ["
                + layout
                + "], which is no directory, perhaps you should remove it or move it away");
    assertThat(layout).hasContent("mine");
  }

  @Test
  void saysWhereItMayNotWrite() throws IOException {
    Files.createDirectories(layout);
    assumeFalse(runsAsRoot(), "nothing is forbidden to root");
    layout.toFile().setWritable(false);

    assertThatThrownBy(() -> writer.write(PlatformImages.of(images.printing("hello", "shop:1"))))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContainingAll(
            "[" + layout + "]", "permission denied", "make that place writable");
    layout.toFile().setWritable(true);
  }

  static boolean runsAsRoot() throws IOException {
    return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
  }

  private Path blob(Digest digest) {
    return layout.resolve("blobs/sha256/" + digest.hex());
  }

  private void assertBlobsAre(BuiltImage image) throws IOException {
    Stream<Digest> layers = image.layers().stream().map(it -> it.descriptor().digest());
    List<String> expected =
        Stream.concat(Stream.of(image.id(), image.digest()), layers).map(Digest::hex).toList();
    try (Stream<Path> files = Files.list(layout.resolve("blobs/sha256"))) {
      List<Path> all = files.toList();
      assertThat(all.stream().map(it -> it.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(expected);
      for (Path file : all) {
        assertThat(Digest.sha256(Blob.of(file)).hex()).isEqualTo(file.getFileName().toString());
      }
    }
  }

  /** Returns inode and time of every file. */
  private Map<String, String> state() throws IOException {
    Map<String, String> state = new TreeMap<>();
    try (Stream<Path> files = Files.walk(layout)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Map<String, Object> attributes = Files.readAttributes(file, "unix:ino,lastModifiedTime");
        state.put(layout.relativize(file).toString(), attributes.toString());
      }
    }
    return state;
  }
}
