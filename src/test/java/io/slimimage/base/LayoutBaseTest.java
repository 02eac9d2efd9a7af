package io.slimimage.base;

import static io.slimimage.base.TestBases.AMD64;
import static io.slimimage.base.TestBases.ARM64;
import static io.slimimage.base.TestLayout.annotation;
import static io.slimimage.base.TestLayout.config;
import static io.slimimage.base.TestLayout.gzip;
import static io.slimimage.base.TestLayout.index;
import static io.slimimage.base.TestLayout.platform;
import static io.slimimage.base.TestLayout.tag;
import static io.slimimage.base.TestLayout.tar;
import static io.slimimage.base.TestLayout.zstd;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.SlimImageException;
import io.slimimage.blob.Digest;
import io.slimimage.image.BaseImage;
import io.slimimage.image.ImageLayer;
import io.slimimage.image.MediaTypes;
import io.slimimage.image.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads base images from OCI image layouts on disk. */
class LayoutBaseTest extends OpenedLayout {

  private static final String SCHEMA_2 = "\"schemaVersion\":2,";

  @Test
  void readsConfigurationAndLayersAsTheyAre() throws IOException {
    byte[] plain = tar("a", "plain");
    byte[] first = tar("b", "first");
    byte[] second = tar("c", "second");
    byte[] twoMembers = TestLayout.concat(gzip(firstHalf(first)), gzip(secondHalf(first)));
    String config = config("linux", "amd64", plain, first, second, plain);
    layout.entry(
        layout.image(
            config,
            List.of(
                layout.blob(MediaTypes.LAYER_TAR, plain),
                layout.blob(MediaTypes.LAYER_GZIP, twoMembers),
                layout.blob(MediaTypes.LAYER_ZSTD, zstd(second)),
                layout.blob(MediaTypes.LAYER_TAR, plain))));

    BaseImage base = open("", AMD64);

    assertThat(base.name()).isEqualTo("oci://" + directory.resolve("layout"));
    assertThat(base.platform()).isEqualTo(AMD64);
    assertThat(base.config()).isEqualTo(config);
    assertThat(base.layers())
        .extracting(layer -> layer.descriptor().mediaType())
        .containsExactly(
            MediaTypes.LAYER_TAR,
            MediaTypes.LAYER_GZIP,
            MediaTypes.LAYER_ZSTD,
            MediaTypes.LAYER_TAR);
    assertThat(base.layers())
        .extracting(ImageLayer::diffId)
        .containsExactly(
            Digest.sha256(plain),
            Digest.sha256(first),
            Digest.sha256(second),
            Digest.sha256(plain));
    assertThat(TestBases.content(base.layers().get(1))).isEqualTo(twoMembers);
    assertThat(base.layers().get(1).descriptor().size()).isEqualTo(twoMembers.length);
  }

  private static byte[] firstHalf(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length / 2);
  }

  private static byte[] secondHalf(byte[] bytes) {
    return Arrays.copyOfRange(bytes, bytes.length / 2, bytes.length);
  }

  @Test
  void takesDockersMediaTypesForOcis() throws IOException {
    byte[] tar = tar("a", "b");
    String config =
        layout.blob(
            MediaTypes.DOCKER_CONFIG, config("linux", "amd64", tar, tar, tar).getBytes(UTF_8));
    byte[] manifest =
        TestLayout.manifest(
            SCHEMA_2 + "\"mediaType\":\"" + MediaTypes.DOCKER_MANIFEST + "\",",
            config,
            List.of(
                layout.blob(MediaTypes.DOCKER_LAYER, gzip(tar)),
                layout.blob("application/vnd.docker.image.rootfs.diff.tar", tar),
                layout.blob("application/vnd.docker.image.rootfs.diff.tar.zstd", zstd(tar))));
    String list =
        layout.blob(
            MediaTypes.DOCKER_INDEX,
            index(
                SCHEMA_2 + "\"mediaType\":\"" + MediaTypes.DOCKER_INDEX + "\",",
                List.of(
                    layout.blob(
                        MediaTypes.DOCKER_MANIFEST, manifest, platform("linux", "amd64")))));
    layout.entry(list);

    BaseImage base = open("", AMD64);

    assertThat(base.layers())
        .extracting(layer -> layer.descriptor().mediaType())
        .containsExactly(MediaTypes.LAYER_GZIP, MediaTypes.LAYER_TAR, MediaTypes.LAYER_ZSTD);
  }

  @Test
  void choosesByTag() throws IOException {
    layout
        .entry(layout.simpleImage("one", tag("1")))
        .entry(layout.simpleImage("two", tag("2")))
        .entry(
            layout.simpleImage(
                "three", annotation("io.containerd.image.name", "docker.io/library/base:3")));

    assertThat(contentOf(open("1", AMD64))).contains("one");
    assertThat(contentOf(open("2", AMD64))).contains("two");
    assertThat(contentOf(open("3", AMD64))).contains("three");
    assertThat(contentOf(open("docker.io/library/base:3", AMD64))).contains("three");
    assertThatThrownBy(() -> open("", AMD64))
        .isInstanceOf(SlimImageException.class)
        .hasMessage(
            message("")
                + " has 3 images for linux/amd64: 1, 2, docker.io/library/base:3, perhaps you"
                + " should name one by its tag: [oci://DIRECTORY:TAG]");
    assertThatThrownBy(() -> open("4", AMD64))
        .isInstanceOf(SlimImageException.class)
        .hasMessage(
            message("4")
                + " has no image with the tag [4], perhaps you should use one of those it has: 1,"
                + " 2, docker.io/library/base:3");
  }

  @Test
  void takesOneImageWithSeveralTagsForOne() throws IOException {
    String image = layout.simpleImage("one", tag("1"));
    layout.entry(image).entry(image.replace("\"1\"", "\"latest\""));

    assertThat(contentOf(open("", AMD64))).contains("one");
  }

  @ParameterizedTest
  @CsvSource({
    "linux/amd64,amd",
    "linux/arm64/v8,arm64",
    "linux/arm,arm seven",
    "linux/arm/v6,arm six"
  })
  void choosesByPlatform(String wanted, String content) throws IOException {
    String nested =
        layout.blob(
            MediaTypes.INDEX,
            index(
                SCHEMA_2,
                List.of(
                    imageFor("amd64", "", "amd"),
                    imageFor("arm64", "", "arm64"),
                    imageFor("arm", "v7", "arm seven"),
                    imageFor("arm", "v6", "arm six"),
                    layout.blob(
                        MediaTypes.MANIFEST,
                        "{\"schemaVersion\":2}".getBytes(UTF_8),
                        platform("unknown", "unknown"),
                        annotation("vnd.docker.reference.type", "attestation-manifest")))));
    layout.entry(nested);

    assertThat(contentOf(open("", Platform.parse(wanted)))).contains(content);
  }

  private String imageFor(String architecture, String variant, String content) {
    byte[] tar = tar("file", content);
    String config =
        config("linux", architecture, tar)
            .replace("{\"os\"", "{\"variant\":\"" + variant + "\",\"os\"");
    return layout.image(
        config,
        List.of(layout.blob(MediaTypes.LAYER_GZIP, gzip(tar))),
        platform("linux", architecture, variant));
  }

  @Test
  void findsOutThePlatformThatNoIndexTells() throws IOException {
    byte[] tar = tar("file", "arm");
    layout
        .entry(layout.simpleImage("amd"))
        .entry(
            layout.image(
                config("linux", "aarch64", tar), List.of(layout.blob(MediaTypes.LAYER_TAR, tar))))
        .entry(
            layout.blob(
                MediaTypes.MANIFEST,
                TestLayout.manifest(
                    SCHEMA_2,
                    layout.blob("application/vnd.cncf.helm.config.v1+json", new byte[] {'{', '}'}),
                    List.of())));

    assertThat(contentOf(open("", AMD64))).contains("amd");
    assertThat(contentOf(open("", ARM64))).contains("arm");
  }

  @Test
  void namesBothPlatformsWhereThereIsAnotherOne() {
    layout.entry(imageFor("arm64", "", "a")).entry(imageFor("arm", "v6", "b"));

    assertThatThrownBy(() -> open("", AMD64))
        .isInstanceOf(SlimImageException.class)
        .hasMessage(
            message("")
                + " is for linux/arm64, linux/arm/v6 and not for linux/amd64, perhaps you should"
                + " use one that is for linux/amd64");
  }

  @Test
  void believesTheConfigurationMoreThanTheIndex() {
    byte[] tar = tar("file", "arm");
    layout.entry(
        layout.image(
            config("linux", "arm64", tar),
            List.of(layout.blob(MediaTypes.LAYER_TAR, tar)),
            platform("linux", "amd64")));

    assertThatThrownBy(() -> open("", AMD64))
        .hasMessageContaining("is for linux/arm64 and not for linux/amd64");
  }

  @Test
  void readsAnImageOnce() throws IOException {
    layout.entry(layout.simpleImage("one"));
    BaseImage first = open("", AMD64);
    for (String blob : layout.blobs()) {
      Files.delete(directory.resolve("layout").resolve(blob));
    }

    BaseImage second = reopen("", AMD64);

    assertThat(second).isEqualTo(first);
    assertThat(bases.readings()).isEqualTo(1);
    assertThatThrownBy(() -> reopen("", ARM64)).hasMessageContaining("is missing");
  }

  @Test
  void readsAnImageAgainWhoseLayersAreGone() throws IOException {
    layout.entry(layout.simpleImage("one"));
    BaseImage first = open("", AMD64);
    Path blob =
        bases
            .cache
            .resolve("blobs/sha256")
            .resolve(first.layers().get(0).descriptor().digest().hex());
    Files.writeString(blob, "damaged");

    assertThat(contentOf(reopen("", AMD64))).contains("one");
    assertThat(bases.readings()).isEqualTo(2);
  }

  @Test
  void readsAnImageAgainWhoseIndexHasChanged() throws IOException {
    layout.entry(layout.simpleImage("one"));
    open("", AMD64);
    Files.delete(directory.resolve("layout/index.json"));
    TestLayout other = new TestLayout();
    other.entry(other.simpleImage("two")).write(directory.resolve("layout"));

    assertThat(contentOf(reopen("", AMD64))).contains("two");
  }

  @Test
  void opensScratchForAnyPlatform() throws IOException {
    assertThat(bases.open(new BaseReference.Scratch(), ARM64)).isEqualTo(BaseImage.scratch(ARM64));
    assertThat(bases.readings()).isZero();
  }
}
