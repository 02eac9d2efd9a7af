package io.slimimage.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.SlimImageException;
import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
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
import io.slimimage.image.MediaTypes;
import io.slimimage.image.Platform;
import io.slimimage.layer.Layer;
import io.slimimage.layer.LayerEntry;
import io.slimimage.layer.LayerRole;
import io.slimimage.layer.LayerTar;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutReaderTest {

  @TempDir private Path layout;

  private BuiltImage image;

  @BeforeEach
  void write() throws IOException {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    LayerEntry directory = new LayerEntry.Directory("app", 0755);
    LayerTar.write(new Layer(LayerRole.APPLICATION, List.of(directory)), tar);
    Digest digest = Digest.sha256(tar.toByteArray());
    ImageLayer layer =
        new ImageLayer(
            new Descriptor(MediaTypes.LAYER_TAR, digest, tar.size()),
            digest,
            Blob.of(tar.toByteArray()));
    ImageConfig config =
        new ImageConfig(
            "", List.of(), Map.of(), Map.of(), List.of(), "", List.of(), List.of(), null, "");
    image =
        ImageAssembly.assemble(
            new ImagePlan(List.of(ImageReference.parse("a:1")), "scratch", List.of(), config),
            BaseImage.scratch(Platform.parse("linux/amd64")),
            List.of(new BuiltLayer(LayerRole.APPLICATION, layer, 0, 0, false)),
            new ImageMetadata(Instant.EPOCH, Map.of(), "test"));
    Files.createDirectories(layout.resolve("blobs/sha256"));
    put(image.manifest());
    put(image.config());
    put(layer.content());
    Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    Files.writeString(
        layout.resolve("index.json"),
        "{\"schemaVersion\":2,\"manifests\":["
            + entry("a:1", "1")
            + ","
            + entry("docker.io/library/a:2", "2")
            + "]}");
  }

  private String entry(String name, String tag) {
    Descriptor manifest = image.manifestDescriptor();
    return "{\"mediaType\":\""
        + manifest.mediaType()
        + "\",\"digest\":\""
        + manifest.digest()
        + "\",\"size\":"
        + manifest.size()
        + ",\"platform\":{\"os\":\"linux\",\"architecture\":\"amd64\"},\"annotations\":{\""
        + "io.containerd.image.name\":\""
        + name
        + "\",\"org.opencontainers.image.ref.name\":\""
        + tag
        + "\"}}";
  }

  private Path put(Blob blob) throws IOException {
    Path file = layout.resolve("blobs/sha256").resolve(Digest.sha256(blob).hex());
    try (InputStream in = blob.open()) {
      Files.copy(in, file);
    }
    return file;
  }

  private void assertRejected(Class<? extends Throwable> type) {
    assertThatThrownBy(() -> LayoutReader.read(layout, 0)).isInstanceOf(type);
  }

  @Test
  void readsAllImagesByTheirNames() throws IOException {
    Map<String, BuiltImage> images = LayoutReader.read(layout, 0);
    assertThat(images).containsOnlyKeys("a:1", "docker.io/library/a:2");
    assertThat(images.values()).extracting(BuiltImage::digest).containsOnly(image.digest());
    assertThat(images.get("a:1").references()).isEqualTo(image.references());
  }

  @Test
  void rejectsABlobThatNothingRefersTo() throws IOException {
    Path blob = put(Blob.of("more".getBytes(UTF_8)));
    assertRejected(AssertionError.class);
    Files.move(blob, blob.resolveSibling(".partial"));
    assertRejected(AssertionError.class);
  }

  @Test
  void rejectsAMissingOrDamagedBlob() throws IOException {
    Path layer = layout.resolve("blobs/sha256").resolve(image.layers().get(0).diffId().hex());
    byte[] bytes = Files.readAllBytes(layer);
    bytes[bytes.length - 1] = 1;
    Files.write(layer, bytes);
    assertRejected(SlimImageException.class);
    Files.delete(layer);
    assertRejected(AssertionError.class);
  }

  @Test
  void rejectsAnIndexOfSomethingElse() throws IOException {
    Path index = layout.resolve("index.json");
    String text = Files.readString(index);
    Files.writeString(index, text.replace("\"amd64\"", "\"arm64\""));
    assertRejected(AssertionError.class);
    Files.writeString(index, text.replace("docker.io/library/a:2", "a:1"));
    assertRejected(AssertionError.class);
    Files.writeString(index, text.replace("\"schemaVersion\":2", "\"schemaVersion\":1"));
    assertRejected(AssertionError.class);
    Files.writeString(index, "{\"schemaVersion\":2,\"manifests\":[]}");
    assertRejected(AssertionError.class);
  }
}
