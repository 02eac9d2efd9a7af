package io.slimimage.base;

import static io.slimimage.base.TestBases.AMD64;
import static io.slimimage.base.TestBases.ARM64;
import static io.slimimage.base.TestLayout.config;
import static io.slimimage.base.TestLayout.gzip;
import static io.slimimage.base.TestLayout.tar;
import static io.slimimage.base.TestLayout.zstd;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.blob.Digest;
import io.slimimage.image.BaseImage;
import io.slimimage.image.ImageLayer;
import io.slimimage.image.MediaTypes;
import io.slimimage.image.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads base images from archives as {@code docker save} and others write them. */
class ArchiveBaseTest {

  @TempDir private Path directory;
  private TestBases bases;

  @BeforeEach
  void createCache() {
    bases = new TestBases(directory);
  }

  @Test
  void readsWhatDockerSavesBeforeVersion25() throws IOException {
    byte[] first = tar("a", "first");
    byte[] second = tar("b", "second");
    String config = config("linux", "amd64", first, second, first);
    String configPath = Digest.sha256(config.getBytes(UTF_8)).hex() + ".json";
    // The same layer a second time is a link, here to one that comes later.
    byte[] archive =
        new TestTar()
            .directory("111")
            .file("111/VERSION", "1.0")
            .file("111/json", "{}")
            .link("111/layer.tar", "../333/layer.tar")
            .directory("222")
            .file("222/layer.tar", second)
            .directory("333")
            .file("333/layer.tar", first)
            .file(configPath, config)
            .file(
                "manifest.json",
                manifest(configPath, "base:1", "333/layer.tar", "222/layer.tar", "111/layer.tar"))
            .file("repositories", "{}")
            .bytes();

    BaseImage base = open(archive);

    assertThat(base.name()).isEqualTo("tar://" + directory.resolve("base.tar"));
    assertThat(base.config()).isEqualTo(config);
    assertThat(base.layers())
        .extracting(ImageLayer::diffId)
        .containsExactly(Digest.sha256(first), Digest.sha256(second), Digest.sha256(first));
    assertThat(base.layers())
        .extracting(layer -> layer.descriptor().mediaType())
        .containsOnly(MediaTypes.LAYER_TAR);
    assertThat(TestBases.content(base.layers().get(1))).isEqualTo(second);
    assertThat(bases.filesOutside(directory)).containsExactly("base.tar");
  }

  @Test
  void readsCompressedLayersUnderAnyName() throws IOException {
    byte[] first = tar("a", "first");
    byte[] second = tar("b", "second");
    byte[] archive =
        new TestTar()
            .file("manifest.json", manifest("config.json", "base:1", "1.tar.gz", "two.zst"))
            .file("config.json", config("linux", "amd64", first, second))
            .file("1.tar.gz", gzip(first))
            .hardLink("two.zst", "./2.zst")
            .file("2.zst", zstd(second))
            .bytes();

    assertThat(open(archive).layers())
        .extracting(layer -> layer.descriptor().mediaType())
        .containsExactly(MediaTypes.LAYER_GZIP, MediaTypes.LAYER_ZSTD);
  }

  @Test
  void readsAnOciLayoutThatIsAnArchive() throws IOException {
    TestLayout layout = new TestLayout();
    layout.entry(layout.simpleImage("one"));
    TestTar archive = new TestTar().directory(".");
    layout.files().forEach((path, bytes) -> archive.file("./" + path, bytes));

    BaseImage base = open(archive.bytes());

    assertThat(base.layers().get(0).descriptor().mediaType()).isEqualTo(MediaTypes.LAYER_GZIP);
    assertThat(base.layers().get(0).diffId()).isEqualTo(Digest.sha256(tar("file", "one")));
  }

  @Test
  void believesTheIndexOfWhatDockerSavesSinceVersion25() throws IOException {
    TestLayout layout = new TestLayout();
    layout.entry(layout.simpleImage("one"));
    byte[] archive =
        new TestTar().files(layout.files()).file("manifest.json", manifest("none", "none")).bytes();

    assertThat(open(archive).layers()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void decompressesTheArchive(boolean gzip) throws IOException {
    byte[] archive = simpleArchive("content");

    assertThat(open(gzip ? gzip(archive) : zstd(archive)).layers()).hasSize(1);
  }

  @Test
  void readsAnArchiveOnce() throws IOException {
    BaseImage first = open(simpleArchive("content"));

    assertThat(reopen(AMD64)).isEqualTo(first);
    assertThat(bases.readings()).isEqualTo(1);

    Files.delete(bases.cache.resolve("blobs/sha256").resolve(first.layers().get(0).diffId().hex()));
    assertThat(reopen(AMD64)).isEqualTo(first);
    assertThat(bases.readings()).isEqualTo(2);

    assertThat(open(simpleArchive("other")).layers()).isNotEqualTo(first.layers());
  }

  @Test
  void severalBuildsReadAnArchiveAtOnce() throws IOException {
    Files.write(directory.resolve("base.tar"), gzip(simpleArchive("content")));

    List<BaseImage> opened =
        IntStream.range(0, 8).parallel().mapToObj(i -> reopenUnchecked()).distinct().toList();

    assertThat(opened).hasSize(1);
    assertThat(TestBases.content(opened.get(0).layers().get(0))).isEqualTo(tar("file", "content"));
  }

  private BaseImage reopenUnchecked() {
    try {
      return reopen(AMD64);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void findsTheSameImageUnderAnotherName() throws IOException {
    open(simpleArchive("content"));
    Path moved = Files.move(directory.resolve("base.tar"), directory.resolve("moved.tar"));

    BaseImage base = bases.open(new BaseReference.Archive(moved), AMD64);

    assertThat(base.name()).isEqualTo("tar://" + moved);
    assertThat(bases.readings()).isEqualTo(1);
  }

  @Test
  void takesTheOneImageOfSeveralThatIsForThePlatform() throws IOException {
    byte[] first = tar("a", "amd");
    byte[] second = tar("b", "arm");
    String manifest =
        manifest("1.json", "base:1", "1.tar").replaceFirst("]$", ",")
            + manifest("2.json", "base:2", "2.tar").substring(1);
    byte[] archive =
        new TestTar()
            .file("1.json", config("linux", "amd64", first))
            .file("2.json", config("linux", "arm64", second))
            .file("1.tar", first)
            .file("2.tar", second)
            .file("manifest.json", manifest)
            .bytes();

    assertThat(open(archive).layers().get(0).diffId()).isEqualTo(Digest.sha256(first));
    assertThat(reopen(ARM64).layers().get(0).diffId()).isEqualTo(Digest.sha256(second));
    assertThatThrownBy(() -> reopen(Platform.parse("linux/s390x")))
        .hasMessageContaining("is for linux/amd64, linux/arm64 and not for linux/s390x");
  }

  @Test
  void listsSeveralImagesForThePlatform() {
    byte[] tar = tar("a", "b");
    String manifest =
        manifest("1.json", "base:1", "1.tar").replaceFirst("]$", ",")
            + manifest("2.json", "base:2", "1.tar").substring(1);
    byte[] archive =
        new TestTar()
            .file("1.json", config("linux", "amd64", tar))
            .file("2.json", config("linux", "amd64", tar))
            .file("1.tar", tar)
            .file("manifest.json", manifest)
            .bytes();

    assertThatThrownBy(() -> open(archive))
        .hasMessageContaining(
            "has 2 images for linux/amd64: base:1, base:2, perhaps you should save the one that is"
                + " wanted alone");
  }

  @Test
  void tellsWhatIsNoArchive() throws IOException {
    assertThatThrownBy(() -> reopen(AMD64)).hasMessageContaining("does not exist, perhaps");
    Files.createDirectory(directory.resolve("base.tar"));
    assertThatThrownBy(() -> reopen(AMD64))
        .hasMessageContaining("is a directory and no archive, perhaps you should write [oci://");
  }

  private static byte[] simpleArchive(String content) {
    byte[] tar = tar("file", content);
    return new TestTar()
        .file("layer.tar", tar)
        .file("config.json", config("linux", "amd64", tar))
        .file("manifest.json", manifest("config.json", "base:1", "layer.tar"))
        .bytes();
  }

  static String manifest(String config, String tag, String... layers) {
    return "[{\"Config\":\""
        + config
        + "\",\"RepoTags\":[\""
        + tag
        + "\"],\"LayerSources\":{},\"Layers\":["
        + String.join(",", List.of(layers).stream().map(layer -> "\"" + layer + "\"").toList())
        + "]}]";
  }

  private BaseImage open(byte[] archive) throws IOException {
    Files.write(directory.resolve("base.tar"), archive);
    return reopen(AMD64);
  }

  private BaseImage reopen(Platform platform) throws IOException {
    return bases.open(new BaseReference.Archive(directory.resolve("base.tar")), platform);
  }
}
