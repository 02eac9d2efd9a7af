package io.slimimage.base;

import static io.slimimage.base.OpenedLayout.contentOf;
import static io.slimimage.base.TestBases.AMD64;
import static io.slimimage.base.TestLayout.annotation;
import static io.slimimage.base.TestLayout.config;
import static io.slimimage.base.TestLayout.gzip;
import static io.slimimage.base.TestLayout.index;
import static io.slimimage.base.TestLayout.platform;
import static io.slimimage.base.TestLayout.tar;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.SlimImageException;
import io.slimimage.blob.Digest;
import io.slimimage.image.BaseImage;
import io.slimimage.image.MediaTypes;
import io.slimimage.image.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Finds the image that is wanted in what a registry has under a name. */
class RegistryIndexTest {

  private static final String NAME = "registry.example/base:1";
  private static final String SCHEMA_2 = "\"schemaVersion\":2,";

  @TempDir private Path directory;

  private final RepositoryOfLayout repository = new RepositoryOfLayout();
  private final TestLayout layout = repository.layout();
  private TestBases bases;

  @BeforeEach
  void createCache() {
    bases = new TestBases(directory).with(repository);
  }

  private BaseImage open(String platform) throws IOException {
    return bases.open(BaseReference.parse(NAME, directory), Platform.parse(platform));
  }

  private List<BaseImage> open(List<Platform> platforms) throws IOException {
    return bases.open(BaseReference.parse(NAME, directory), platforms);
  }

  private String image(String architecture, String variant, String content) {
    byte[] tar = tar("file", content);
    return layout.image(
        config("linux", architecture, tar),
        List.of(layout.blob(MediaTypes.LAYER_GZIP, gzip(tar))),
        variant.isEmpty()
            ? platform("linux", architecture)
            : platform("linux", architecture, variant));
  }

  private String attestation() {
    return layout.blob(
        MediaTypes.MANIFEST,
        "{\"schemaVersion\":2}".getBytes(UTF_8),
        platform("unknown", "unknown"),
        annotation("vnd.docker.reference.type", "attestation-manifest"));
  }

  private Digest tagIndex(String mediaType, String... entries) {
    return repository.tag("1", layout.blob(mediaType, index(SCHEMA_2, List.of(entries))));
  }

  @ParameterizedTest
  @CsvSource({
    "linux/amd64, plain",
    "linux/amd64/v3, second",
    "linux/arm64/v8, arm64",
    "linux/arm64, arm64",
    "linux/arm, six",
    "linux/arm/v6, six",
    "linux/arm/v5, five",
    "linux/s390x, s390"
  })
  void takesWhatFitsBest(String wanted, String content) throws IOException {
    String signature = "\"artifactType\":\"application/vnd.dev.cosign\"";
    Digest digest =
        tagIndex(
            MediaTypes.DOCKER_INDEX,
            attestation(),
            layout.blob(MediaTypes.MANIFEST, "{}".getBytes(UTF_8), signature),
            layout.blob("application/x-unknown", "{}".getBytes(UTF_8), platform("linux", "amd64")),
            image("amd64", "v4", "fourth"),
            image("amd64", "v2", "second"),
            image("amd64", "", "plain"),
            image("arm64", "v8", "arm64"),
            image("arm", "v5", "five"),
            image("arm", "v6", "six"),
            image("s390x", "", "s390"));

    BaseImage base = open(wanted);

    assertThat(contentOf(base)).contains(content);
    assertThat(base.platform()).isEqualTo(Platform.parse(wanted));
    assertThat(base.origin().orElseThrow().digest()).isEqualTo(digest);
  }

  @Test
  void takesTheFirstOfEqualOnes() throws IOException {
    tagIndex(MediaTypes.INDEX, image("amd64", "", "first"), image("amd64", "", "second"));

    assertThat(contentOf(open("linux/amd64"))).contains("first");
  }

  @Test
  void asksOnceForSeveralPlatforms() throws IOException {
    Digest digest = tagIndex(MediaTypes.INDEX, image("arm64", "", "a"), image("amd64", "", "b"));
    List<Platform> platforms =
        List.of(Platform.parse("linux/amd64"), Platform.parse("linux/arm64"));

    List<BaseImage> bases = open(platforms);

    assertThat(bases).extracting(BaseImage::platform).isEqualTo(platforms);
    assertThat(bases).allMatch(base -> base.origin().orElseThrow().digest().equals(digest));
    assertThat(contentOf(bases.get(0))).contains("b");
    assertThat(contentOf(bases.get(1))).contains("a");
    assertThat(repository.calls()).filteredOn(call -> call.startsWith("HEAD")).hasSize(1);
    assertThat(repository.calls()).filteredOn(("GET " + digest)::equals).hasSize(1);

    repository.forgetCalls();
    assertThat(open(platforms)).hasSize(2);
    assertThat(repository.calls()).containsExactly("HEAD 1");
  }

  @Test
  void offlineSeveralPlatformsAreOfOneIndex() throws IOException {
    List<Platform> platforms =
        List.of(Platform.parse("linux/amd64"), Platform.parse("linux/arm64"));
    tagIndex(MediaTypes.INDEX, image("arm64", "", "a"), image("amd64", "", "b"));
    open("linux/amd64");
    Digest later = tagIndex(MediaTypes.INDEX, image("arm64", "", "c"), image("amd64", "", "d"));
    open("linux/arm64");
    bases.offline();

    assertThatThrownBy(() -> open(platforms)).hasMessageContaining("is not in the cache");

    bases.with(repository);
    open(platforms);
    bases.offline();
    assertThat(open(platforms))
        .allMatch(base -> base.origin().orElseThrow().digest().equals(later));
  }

  @Test
  void tellsWhichOfSeveralPlatformsIsLacking() {
    tagIndex(MediaTypes.INDEX, image("amd64", "", "a"), image("s390x", "", "b"));

    assertThatThrownBy(
            () -> open(List.of(Platform.parse("linux/amd64"), Platform.parse("linux/arm64"))))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("is for linux/amd64, linux/s390x and not for linux/arm64");
  }

  @Test
  void asksForNoManifestOfAnotherPlatform() throws IOException {
    tagIndex(MediaTypes.INDEX, attestation(), image("arm64", "", "a"), image("amd64", "", "b"));

    open("linux/amd64");

    // What the tag stands for, the index, the manifest, the configuration.
    assertThat(repository.calls()).hasSize(4);
  }

  @Test
  void neverTakesWhatNeedsANewerProcessor() {
    tagIndex(MediaTypes.INDEX, image("amd64", "v3", "new"), image("amd64", "v2", "newer"));

    assertThatThrownBy(() -> open("linux/amd64"))
        .isInstanceOf(SlimImageException.class)
        .hasMessage(
            "Base image ["
                + NAME
                + "] is for linux/amd64/v3, linux/amd64/v2 and not for linux/amd64, perhaps you"
                + " should use one that is for linux/amd64");
  }

  @Test
  void tellsWhichOfSeveralPlatformsItLacks() {
    tagIndex(MediaTypes.INDEX, image("amd64", "", "one"), image("arm64", "", "two"));
    List<Platform> platforms =
        Stream.of("linux/arm64", "linux/s390x", "linux/amd64").map(Platform::parse).toList();

    assertThatThrownBy(() -> bases.open(BaseReference.parse(NAME, directory), platforms))
        .isInstanceOf(SlimImageException.class)
        .hasMessage(
            "Base image ["
                + NAME
                + "] is for linux/amd64, linux/arm64 and not for linux/s390x, perhaps you should"
                + " use one that is for linux/s390x");
  }

  @Test
  void refusesASingleImageOfAnotherPlatform() {
    repository.tag("1", layout.simpleImage("one"));

    assertThatThrownBy(() -> open("linux/arm64"))
        .hasMessageContaining("is for linux/amd64 and not for linux/arm64");
  }

  @Test
  void tellsWhereThereIsNoImage() {
    tagIndex(MediaTypes.INDEX, attestation());

    assertThatThrownBy(() -> open("linux/amd64")).hasMessageContaining("has no container image");
  }

  @Test
  void followsSomeIndexesInIndexes() throws IOException {
    String nested = image("amd64", "", "deep");
    for (int depth = 0; depth < 4; depth++) {
      nested = layout.blob(MediaTypes.INDEX, index(SCHEMA_2, List.of(nested)));
    }
    tagIndex(MediaTypes.INDEX, nested);
    assertThat(contentOf(open("linux/amd64"))).contains("deep");

    String deeper = layout.blob(MediaTypes.INDEX, index(SCHEMA_2, List.of(nested)));
    tagIndex(MediaTypes.INDEX, deeper);
    assertThatThrownBy(() -> open("linux/amd64"))
        .hasMessageContaining("leads to indexes without an end");
  }

  @Test
  void refusesAnIndexWhoseBytesAreOthers() {
    Digest digest = tagIndex(MediaTypes.INDEX, image("amd64", "", "one"));
    layout.put("blobs/sha256/" + digest.hex(), index(SCHEMA_2, List.of()));

    assertThatThrownBy(() -> open("linux/amd64"))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("is damaged: its manifest has another digest than was asked for");
  }

  @Test
  void refusesEveryDocumentWhoseBytesAreOthers() throws IOException {
    tagIndex(MediaTypes.INDEX, image("amd64", "", "one"));
    for (String blob : layout.blobs()) {
      byte[] bytes = layout.files().get(blob);
      if (bytes[0] == '{') {
        byte[] other = new String(bytes, UTF_8).replace('l', 'm').getBytes(UTF_8);
        layout.put(blob, other);
        assertThatThrownBy(() -> open("linux/amd64"))
            .isInstanceOf(SlimImageException.class)
            .hasMessageContaining("another digest");
        layout.put(blob, bytes);
      }
    }
    assertThat(contentOf(open("linux/amd64"))).contains("one");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/vnd.docker.distribution.manifest.v1+json",
        "application/vnd.docker.distribution.manifest.v1+prettyjws",
        "application/json"
      })
  void refusesSchema1(String mediaType) {
    byte[] manifest = "{\"schemaVersion\":1,\"fsLayers\":[]}".getBytes(UTF_8);
    repository.tag("1", layout.blob(mediaType, manifest));

    assertThatThrownBy(() -> open("linux/amd64"))
        .isInstanceOf(SlimImageException.class)
        .hasMessage(
            "Base image ["
                + NAME
                + "] is kept by Docker's schema 1, which was given up and cannot be verified,"
                + " perhaps you should have it pushed again by a tool of today, or use another"
                + " image");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "text/plain; charset=utf-8", ""})
  void believesTheDocumentWhereTheRegistryDoesNotKnowIt(String mediaType) throws IOException {
    byte[] tar = tar("file", "one");
    byte[] manifest =
        layout.manifest(
            config("linux", "amd64", tar), List.of(layout.blob(MediaTypes.LAYER_GZIP, gzip(tar))));
    repository.tag("1", layout.blob(mediaType, manifest));
    assertThat(contentOf(open("linux/amd64"))).contains("one");

    String entry = layout.blob(MediaTypes.MANIFEST, manifest);
    tagIndex(mediaType, entry);
    assertThat(contentOf(open("linux/amd64"))).contains("one");

    String fields = SCHEMA_2 + "\"mediaType\":\"" + MediaTypes.INDEX + "\",";
    repository.tag("1", layout.blob(mediaType, index(fields, List.of(entry))));
    assertThat(contentOf(open("linux/amd64"))).contains("one");
  }

  @Test
  void refusesWhatIsNoImage() {
    repository.tag("1", layout.blob("application/vnd.x", "{}".getBytes(UTF_8)));
    assertThatThrownBy(() -> open("linux/amd64"))
        .hasMessageContaining("is no container image, but [application/vnd.x]");

    repository.tag("1", layout.blob("text/html", "<html>".getBytes(UTF_8)));
    assertThatThrownBy(() -> open("linux/amd64")).hasMessageContaining("is no JSON: ");

    String chart = layout.blob("application/vnd.cncf.helm.config.v1+json", "{}".getBytes(UTF_8));
    byte[] manifest = TestLayout.manifest(SCHEMA_2, chart, List.of());
    repository.tag("1", layout.blob(MediaTypes.MANIFEST, manifest));
    assertThatThrownBy(() -> open("linux/amd64"))
        .hasMessageContaining(
            "is no container image: its configuration is"
                + " [application/vnd.cncf.helm.config.v1+json]");
  }

  @Test
  void refusesADocumentThatIsSomethingElseThanTheRegistrySays() {
    String fields = SCHEMA_2 + "\"mediaType\":\"" + MediaTypes.INDEX + "\",";
    repository.tag("1", layout.blob(MediaTypes.MANIFEST, index(fields, List.of())));
    assertThatThrownBy(() -> open("linux/amd64"))
        .hasMessageContaining("has the unknown media type [" + MediaTypes.INDEX + "]");

    repository.tag("1", layout.blob(MediaTypes.MANIFEST, index(SCHEMA_2, List.of())));
    assertThatThrownBy(() -> open("linux/amd64"))
        .hasMessageContaining("its manifest is an index at the same time");
  }

  @Test
  void refusesAForeignLayer() {
    byte[] tar = tar("file", "content");
    String foreign =
        TestLayout.descriptor(
            MediaTypes.LAYER_GZIP,
            Digest.sha256(tar).toString(),
            5,
            "\"urls\":[\"https://vendor.example/l\"]");
    repository.tag("1", layout.image(config("linux", "amd64", tar), List.of(foreign)));

    assertThatThrownBy(() -> open("linux/amd64"))
        .hasMessageContaining("has a foreign layer, which is not in it");
  }

  @Test
  void takesALayerThatHasAnAddressBesides() throws IOException {
    byte[] tar = tar("file", "here");
    String layer =
        layout.blob(MediaTypes.LAYER_GZIP, gzip(tar), "\"urls\":[\"https://vendor.example/l\"]");
    repository.tag("1", layout.image(config("linux", "amd64", tar), List.of(layer)));

    assertThat(contentOf(bases.open(BaseReference.parse(NAME, directory), AMD64))).contains("here");
  }
}
