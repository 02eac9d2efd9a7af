package io.slimimage.base;

import static io.slimimage.base.TestBases.AMD64;
import static io.slimimage.base.TestLayout.config;
import static io.slimimage.base.TestLayout.gzip;
import static io.slimimage.base.TestLayout.index;
import static io.slimimage.base.TestLayout.tar;
import static io.slimimage.base.TestLayout.zstd;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.SlimImageException;
import io.slimimage.blob.Digest;
import io.slimimage.image.MediaTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Refuses OCI image layouts that are damaged or made to do harm. */
class DamagedLayoutTest extends OpenedLayout {

  private static final String SCHEMA_2 = "\"schemaVersion\":2,";

  @Test
  void refusesBytesOfAnotherDigestWithoutKeepingThem() throws IOException {
    byte[] tar = tar("file", "content");
    byte[] layer = gzip(tar);
    byte[] forged = gzip(tar("file", "forgery"));
    String descriptor = layout.blob(MediaTypes.LAYER_GZIP, layer);
    layout.entry(layout.image(config("linux", "amd64", tar), List.of(descriptor)));
    layout.put("blobs/sha256/" + Digest.sha256(layer).hex(), forged);
    assertThat(forged).hasSameSizeAs(layer);

    assertThatThrownBy(() -> open("", AMD64))
        .isInstanceOf(SlimImageException.class)
        .hasMessage(
            message("")
                + " is damaged: layer 1, blob ["
                + Digest.sha256(layer)
                + "], has another digest than its name says, perhaps you should write the OCI"
                + " image layout again");
    assertThat(bases.blobs.find(Digest.sha256(forged))).isEmpty();
  }

  @Test
  void refusesADocumentOfAnotherDigest() throws IOException {
    layout.entry(layout.simpleImage("one"));
    for (String blob : layout.blobs()) {
      byte[] document = layout.files().get(blob);
      if (document[0] == '{') {
        layout.put(blob, new String(document, UTF_8).replace("l", "m").getBytes(UTF_8));

        assertThatThrownBy(() -> open("", AMD64))
            .isInstanceOf(SlimImageException.class)
            .hasMessageContaining("has another digest than its name says");

        layout.put(blob, document);
      }
    }
    assertThat(contentOf(open("", AMD64))).contains("one");
  }

  @Test
  void refusesEveryMissingBlob() throws IOException {
    layout.entry(layout.simpleImage("one"));
    layout.write(directory.resolve("layout"));
    for (String blob : layout.blobs()) {
      Path file = directory.resolve("layout").resolve(blob);
      byte[] bytes = Files.readAllBytes(file);
      Files.delete(file);

      assertThatThrownBy(() -> reopen("", AMD64))
          .isInstanceOf(SlimImageException.class)
          .hasMessageContaining(" is missing, blob [sha256:" + file.getFileName() + "]");

      Files.write(file, bytes);
    }
  }

  @Test
  void refusesASizeThatIsALie() {
    byte[] tar = tar("file", "content");
    String descriptor = layout.blob(MediaTypes.LAYER_TAR, tar);
    layout.entry(
        layout.image(
            config("linux", "amd64", tar),
            List.of(descriptor.replace("\"size\":" + tar.length, "\"size\":1"))));

    assertThatThrownBy(() -> open("", AMD64))
        .hasMessageContaining("has " + tar.length + " bytes and not 1, perhaps");
  }

  @Test
  void refusesALayerWhoseDiffIdIsALie() {
    byte[] tar = tar("file", "content");
    byte[] other = tar("file", "another");
    layout.entry(
        layout.image(
            config("linux", "amd64", other),
            List.of(layout.blob(MediaTypes.LAYER_GZIP, gzip(tar)))));

    assertThatThrownBy(() -> open("", AMD64))
        .hasMessageContaining(
            "layer 1 has the uncompressed digest ["
                + Digest.sha256(tar)
                + "], and its configuration says ["
                + Digest.sha256(other)
                + "]");
  }

  @Test
  void refusesAnotherNumberOfLayersThanTheConfigurationTellsOf() {
    byte[] tar = tar("file", "content");
    layout.entry(
        layout.image(
            config("linux", "amd64", tar, tar), List.of(layout.blob(MediaTypes.LAYER_TAR, tar))));

    assertThatThrownBy(() -> open("", AMD64))
        .hasMessageContaining("its configuration tells of 2 layers, and it has 1");
  }

  @Test
  void refusesALayerThatIsNotInTheFormatOfItsMediaType() {
    byte[] tar = tar("file", "content");
    layout.entry(
        layout.image(
            config("linux", "amd64", tar), List.of(layout.blob(MediaTypes.LAYER_GZIP, zstd(tar)))));

    assertThatThrownBy(() -> open("", AMD64))
        .hasMessageContaining(
            "layer 1 is not in the format of its media type [" + MediaTypes.LAYER_GZIP + "]");
  }

  @Test
  void refusesALayerThatIsCutOff() {
    byte[] tar = tar("file", "content");
    byte[] gzip = gzip(tar);
    layout.entry(
        layout.image(
            config("linux", "amd64", tar),
            List.of(layout.blob(MediaTypes.LAYER_GZIP, Arrays.copyOf(gzip, gzip.length - 20)))));

    assertThatThrownBy(() -> open("", AMD64))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("is damaged: layer 1 cannot be read: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip",
        "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
        "application/vnd.oci.image.layer.v1.tar+gzip"
      })
  void refusesAForeignLayer(String mediaType) {
    byte[] tar = tar("file", "content");
    String descriptor =
        TestLayout.descriptor(
            mediaType, Digest.sha256(tar).toString(), 5, "\"urls\":[\"https://vendor.example/l\"]");
    layout.entry(layout.image(config("linux", "amd64", tar), List.of(descriptor)));

    assertThatThrownBy(() -> open("", AMD64))
        .hasMessageContaining(
            "has a foreign layer, which is not in it but at an address of its vendor: layer 1,"
                + " perhaps you should use a base image without foreign layers");
  }

  @Test
  void refusesUnknownFormats() {
    assertThatThrownBy(() -> openWith(() -> layout.indexFields("\"schemaVersion\":3,")))
        .hasMessageContaining("has the unknown schema version 3 in its index");
    assertThatThrownBy(
            () -> openWith(() -> layout.indexFields(SCHEMA_2 + "\"mediaType\":\"text/x\",")))
        .hasMessageContaining("has the unknown media type [text/x] in its index");
    assertThatThrownBy(() -> openWith(() -> layout.indexFields("\"config\":{},")))
        .hasMessageContaining("its index is a manifest at the same time");
    assertThatThrownBy(() -> openWith(() -> layout.put("index.json", "[]".getBytes(UTF_8))))
        .hasMessageContaining("its index is no JSON object");
    assertThatThrownBy(() -> openWith(() -> layout.put("index.json", "{\"".getBytes(UTF_8))))
        .hasMessageContaining("its index is no JSON: ");
    assertThatThrownBy(() -> openWith(() -> layout.put("index.json", new byte[5 << 20])))
        .hasMessageContaining("[index.json] has more than 4 MiB");
    assertThatThrownBy(() -> openWith(() -> layout.put("index.json", "{}".getBytes(UTF_8))))
        .hasMessageContaining("its index is no list");
  }

  private void openWith(Runnable change) throws IOException {
    layout.entry(layout.simpleImage("one"));
    change.run();
    open("", AMD64);
  }

  @Test
  void refusesAManifestThatIsNone() {
    String config = layout.blob(MediaTypes.CONFIG, config("linux", "amd64").getBytes(UTF_8));
    assertManifest(TestLayout.manifest("\"schemaVersion\":1,", config, List.of()))
        .hasMessageContaining("has the unknown schema version 1 in its manifest");
    assertManifest(TestLayout.manifest(SCHEMA_2 + "\"mediaType\":\"text/x\",", config, List.of()))
        .hasMessageContaining("has the unknown media type [text/x] in its manifest");
    assertManifest(TestLayout.manifest(SCHEMA_2 + "\"manifests\":[],", config, List.of()))
        .hasMessageContaining("its manifest is an index at the same time");
    assertManifest("{\"schemaVersion\":2}".getBytes(UTF_8))
        .hasMessageContaining("has no container image");
    assertManifest(TestLayout.manifest(SCHEMA_2, config, List.of("{}")))
        .hasMessageContaining("layer 1 has no valid size");
    assertManifest(
            TestLayout.manifest(
                SCHEMA_2, config, List.of(TestLayout.descriptor("text/x", "sha256:1", 1))))
        .hasMessageContaining("layer 1 has the digest [sha256:1], which is no SHA-256");
    String layer = layout.blob("text/x", new byte[1]);
    assertManifest(TestLayout.manifest(SCHEMA_2, config, List.of(layer)))
        .hasMessageContaining("has a layer of the unknown media type [text/x]: layer 1");
  }

  private AbstractThrowableAssert<?, ?> assertManifest(byte[] manifest) {
    layout.put("index.json", index(SCHEMA_2, List.of(layout.blob(MediaTypes.MANIFEST, manifest))));
    return assertThatThrownBy(() -> open("", AMD64))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining(", perhaps you should ");
  }

  @Test
  void refusesIndexesWithoutAnEnd() {
    String nested = layout.simpleImage("one");
    for (int i = 0; i < 20; i++) {
      nested = layout.blob(MediaTypes.INDEX, index(SCHEMA_2, List.of(nested)));
    }
    layout.entry(nested);

    assertThatThrownBy(() -> open("", AMD64))
        .hasMessageContaining("its index leads to indexes without an end");
  }

  @Test
  void tellsWhatIsNoLayout() throws IOException {
    assertThatThrownBy(() -> reopen("", AMD64)).hasMessageContaining("does not exist, perhaps");
    Files.createDirectories(directory.resolve("layout"));
    assertThatThrownBy(() -> reopen("", AMD64))
        .hasMessageContaining("is no OCI image layout, since it has no [index.json]");
    Files.delete(directory.resolve("layout"));
    Files.createFile(directory.resolve("layout"));
    assertThatThrownBy(() -> reopen("", AMD64))
        .hasMessageContaining("is a file and no directory, perhaps you should write [tar://");
  }
}
