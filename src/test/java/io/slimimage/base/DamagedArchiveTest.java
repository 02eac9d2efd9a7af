package io.slimimage.base;

import static io.slimimage.base.ArchiveBaseTest.manifest;
import static io.slimimage.base.TestBases.AMD64;
import static io.slimimage.base.TestLayout.config;
import static io.slimimage.base.TestLayout.gzip;
import static io.slimimage.base.TestLayout.tar;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.SlimImageException;
import io.slimimage.blob.Digest;
import io.slimimage.image.BaseImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Refuses archives that are damaged or made to do harm, each with one sentence. */
@Timeout(60)
class DamagedArchiveTest {

  private static final byte[] LAYER = tar("file", "content");
  private static final String CONFIG = config("linux", "amd64", LAYER);

  @TempDir private Path directory;
  private TestBases bases;
  private Path file;

  @BeforeEach
  void createCache() throws IOException {
    Path inner = Files.createDirectories(directory.resolve("inner"));
    file = inner.resolve("base.tar");
    bases = new TestBases(inner);
  }

  @AfterEach
  void nothingIsLeftBesideTheBlobs() throws IOException {
    assertThat(bases.filesOutside(directory)).containsExactly("inner/base.tar");
    Path partial = bases.cache.resolve("blobs/partial");
    if (Files.exists(partial)) {
      try (Stream<Path> left = Files.list(partial)) {
        assertThat(left).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil", "a/../../evil", "./../evil", "../../../../../../tmp/evil"})
  void refusesAPathThatLeadsOut(String path) throws IOException {
    assertRefused(archive().file(path, "x"))
        .hasMessageContaining("the archive has the path [" + path + "], which leads out of it");
  }

  @Test
  void refusesAnAbsolutePath() throws IOException {
    assertRefused(archive().file("/etc/evil", "x"))
        .hasMessageContaining("the archive has the absolute path [/etc/evil]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../etc/passwd", "../../../../../../../../etc/passwd"})
  void refusesALinkThatLeadsOut(String target) throws IOException {
    assertRefused(archive().link("a/layer.tar", target)).hasMessageContaining("leads out of it");
    assertRefused(archive().hardLink("a/layer.tar", target))
        .hasMessageContaining("leads out of it");
  }

  @Test
  void refusesALinkToAnAbsolutePath() throws IOException {
    assertRefused(archive().link("layer.tar", "/etc/passwd"))
        .hasMessageContaining(
            "the archive has the link [layer.tar] to the absolute path [/etc/passwd]");
  }

  @Test
  void followsNoLinkOutOfTheArchive() throws IOException {
    assertRefused(
            new TestTar()
                .file("config.json", CONFIG)
                .link("layer.tar", "inner/base.tar")
                .file("manifest.json", manifest("config.json", "base:1", "layer.tar")))
        .hasMessageContaining("layer 1 is missing, file [layer.tar]");
  }

  @Test
  void refusesLinksWithoutAnEnd() throws IOException {
    assertRefused(
            new TestTar()
                .file("config.json", CONFIG)
                .link("layer.tar", "other.tar")
                .link("other.tar", "layer.tar")
                .file("manifest.json", manifest("config.json", "base:1", "layer.tar")))
        .hasMessageContaining("the archive has [layer.tar], which is a link without an end");
  }

  @Test
  void refusesDevices() throws IOException {
    for (byte type : List.of(TarConstants.LF_CHR, TarConstants.LF_BLK, TarConstants.LF_FIFO)) {
      assertRefused(archive().special("device", type))
          .hasMessageContaining("the archive has [device], which is a device");
    }
  }

  @Test
  void refusesTwoFilesOfOneName() throws IOException {
    assertRefused(archive().file("layer.tar", "other"))
        .hasMessageContaining("the archive has [layer.tar] twice, with different contents");
    assertRefused(archive().file("x/../manifest.json", "[]"))
        .hasMessageContaining("the archive has [manifest.json] twice, with different contents");
  }

  @Test
  void takesTheSameFileTwice() throws IOException {
    open(archive().file("./layer.tar", LAYER).bytes());
  }

  @Test
  void refusesDocumentsThatAreTooLarge() throws IOException {
    for (String name : List.of("manifest.json", "index.json")) {
      assertRefused(new TestTar().file(name, new byte[5 << 20]))
          .hasMessageContaining("is damaged: [" + name + "] has more than 4 MiB");
    }
    assertRefused(
            new TestTar()
                .file("config.json", new byte[5 << 20])
                .file("manifest.json", manifest("config.json", "base:1")))
        .hasMessageContaining("is damaged: its configuration has more than 4 MiB");
  }

  @Test
  void endsWithABombOfEntries() throws IOException {
    Files.write(file, zeroSizedEntries(200_000));

    assertThatThrownBy(this::open)
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("is damaged: the archive has too many entries");
  }

  /** Many empty files with one header each, which gzip makes very small. */
  private static byte[] zeroSizedEntries(int count) throws IOException {
    byte[] header = Arrays.copyOf(new TestTar().link("a", "b").bytes(), 512);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      for (int i = 0; i < count; i++) {
        gzip.write(header);
      }
    }
    assertThat(bytes.size()).isLessThan(1 << 20);
    return bytes.toByteArray();
  }

  @Test
  void endsWithABombOfHeaders() throws IOException {
    String longName = "1048589 path=" + "a".repeat((1 << 20) - 1) + "\n";
    assertRefused(archive().pax(longName).file("a", "x"))
        .hasMessageContaining("has an entry whose headers have more than 262144 bytes");
    assertRefused(archive().pax("10011 path=" + "a/".repeat(5000 - 1) + "b\n").file("a", "x"))
        .hasMessageContaining("has an entry whose path has more than 4096 characters");
  }

  @Test
  void endsWithHeadersInHeaders() throws IOException {
    byte[] longName = Arrays.copyOf(new TestTar().special("x", (byte) 'L').bytes(), 512);
    TestTar archive = archive();
    for (int i = 0; i < 5000; i++) {
      archive.raw(longName);
    }

    assertRefused(archive).hasMessageContaining("has an entry whose headers have more than");
  }

  @Test
  void refusesASizeThatIsALie() throws IOException {
    assertRefused(new TestTar().endingWith("layer.tar", 1L << 40))
        .hasMessageContaining("is damaged: the archive cannot be read: Truncated TAR archive");
  }

  @Test
  void refusesAnArchiveThatIsCutOffAnywhere() throws IOException {
    byte[] archive = archive().bytes();
    byte[] compressed = gzip(archive);
    for (int length = 100; length < archive.length - 1024 - 512; length += 777) {
      assertRefused(Arrays.copyOf(archive, length));
    }
    for (int length = 1; length < compressed.length; length += 37) {
      assertRefused(Arrays.copyOf(compressed, length));
    }
  }

  /** Some bytes do not matter, such as the time of an entry. */
  @Test
  void aChangedByteIsRefusedOrHarmless() throws IOException {
    byte[] archive = archive().bytes();
    int refused = changeBytes(archive, 41) + changeBytes(gzip(archive), 5);
    assertThat(refused).isGreaterThan(20);
  }

  private int changeBytes(byte[] archive, int step) throws IOException {
    int refused = 0;
    for (int i = 0; i < archive.length; i += step) {
      byte[] changed = archive.clone();
      changed[i] ^= (byte) (1 << i % 8);
      Files.write(file, changed);
      bases.forget();
      try {
        BaseImage base = bases.open(new BaseReference.Archive(file), AMD64);
        assertThat(base.layers()).hasSize(1);
        assertThat(TestBases.content(base.layers().get(0))).isEqualTo(LAYER);
      } catch (SlimImageException e) {
        assertThat(e).hasMessageStartingWith("Base image [tar://" + file + "] ");
        refused++;
      }
    }
    return refused;
  }

  @Test
  void refusesWhatIsNoArchive() throws IOException {
    assertRefused(new byte[0]).hasMessageContaining("has neither [index.json] nor [manifest.json]");
    assertRefused("no archive\n".repeat(1000).getBytes(UTF_8))
        .hasMessageContaining("is damaged: the archive ");
    assertRefused(new TestTar().file("layout/index.json", "{}"))
        .hasMessageContaining("has neither [index.json] nor [manifest.json] at its root");
  }

  @Test
  void refusesAManifestThatIsNone() throws IOException {
    assertRefused(new TestTar().file("manifest.json", "{}"))
        .hasMessageContaining("[manifest.json] is no list");
    assertRefused(new TestTar().file("manifest.json", "[]"))
        .hasMessageContaining("[manifest.json] has no image");
    assertRefused(new TestTar().file("manifest.json", "[1]"))
        .hasMessageContaining("[manifest.json] has an element that is no object");
    assertRefused(new TestTar().file("manifest.json", "[{}]"))
        .hasMessageContaining("[Layers] of [manifest.json] is no list");
    assertRefused(new TestTar().file("manifest.json", "[{\"Layers\":[]}]"))
        .hasMessageContaining("its configuration is missing, file []");
    assertRefused(new TestTar().file("manifest.json", "[".repeat(100_000) + "]".repeat(100_000)))
        .hasMessageContaining("[manifest.json] is no JSON: ");
    assertRefused(
            new TestTar()
                .file("manifest.json", manifest("../../etc/passwd", "base:1", "/etc/passwd")))
        .hasMessageContaining("layer 1 is missing, file [/etc/passwd]");
  }

  @Test
  void refusesAConfigurationOfAnotherDigest() throws IOException {
    String name = Digest.sha256("other".getBytes(UTF_8)).hex() + ".json";
    assertRefused(
            new TestTar()
                .file(name, CONFIG)
                .file("layer.tar", LAYER)
                .file("manifest.json", manifest(name, "base:1", "layer.tar")))
        .hasMessageContaining("its configuration [" + name + "] has another digest than its name");
  }

  @Test
  void refusesALayerThatIsNotTheOneOfTheConfiguration() throws IOException {
    byte[] other = tar("file", "forgery");
    for (byte[] layer : List.of(other, gzip(other))) {
      assertRefused(
              new TestTar()
                  .file("layer.tar", layer)
                  .file("config.json", CONFIG)
                  .file("manifest.json", manifest("config.json", "base:1", "layer.tar")))
          .hasMessageContaining(
              "layer 1 has the uncompressed digest [" + Digest.sha256(other) + "]");
    }
  }

  @Test
  void refusesABlobOfAnotherDigest() throws IOException {
    TestLayout layout = new TestLayout();
    layout.entry(layout.simpleImage("one"));
    for (String blob : layout.blobs()) {
      byte[] bytes = layout.files().get(blob).clone();
      bytes[bytes.length / 2] ^= 1;

      TestTar archive = new TestTar();
      layout
          .files()
          .forEach((path, content) -> archive.file(path, path.equals(blob) ? bytes : content));
      bases.forget();
      assertRefused(archive).hasMessageContaining("has another digest than its name says");
    }
  }

  @Test
  void refusesAnArchiveWithoutOneOfItsBlobs() throws IOException {
    TestLayout layout = new TestLayout();
    layout.entry(layout.simpleImage("one"));
    for (String blob : layout.blobs()) {
      TestTar archive = new TestTar();
      layout.files().entrySet().stream()
          .filter(entry -> !entry.getKey().equals(blob))
          .forEach(entry -> archive.file(entry.getKey(), entry.getValue()));
      bases.forget();
      assertRefused(archive).hasMessageContaining(" is missing, blob [sha256:");
    }
  }

  private static TestTar archive() {
    return new TestTar()
        .file("layer.tar", LAYER)
        .file("config.json", CONFIG)
        .file("manifest.json", manifest("config.json", "base:1", "layer.tar"));
  }

  private AbstractThrowableAssert<?, ?> assertRefused(TestTar archive) throws IOException {
    return assertRefused(archive.bytes());
  }

  private AbstractThrowableAssert<?, ?> assertRefused(byte[] archive) throws IOException {
    Files.write(file, archive);
    return assertThatThrownBy(this::open)
        .isInstanceOf(SlimImageException.class)
        .hasMessageStartingWith("Base image [tar://" + file + "] ")
        .hasMessageContaining(", perhaps you should ");
  }

  private void open(byte[] archive) throws IOException {
    Files.write(file, archive);
    open();
  }

  private void open() throws IOException {
    bases.open(new BaseReference.Archive(file), AMD64);
  }
}
