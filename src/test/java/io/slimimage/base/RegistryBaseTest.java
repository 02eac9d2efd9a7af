package io.slimimage.base;

import static io.slimimage.base.OpenedLayout.contentOf;
import static io.slimimage.base.TestBases.AMD64;
import static io.slimimage.base.TestBases.ARM64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.SlimImageException;
import io.slimimage.blob.Digest;
import io.slimimage.image.BaseImage;
import io.slimimage.image.ImageLayer;
import io.slimimage.image.ImageReference;
import io.slimimage.image.MediaTypes;
import io.slimimage.image.Platform;
import io.slimimage.registry.RegistryException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Opens base images of registries: what is asked for, and what later builds do not ask for. */
class RegistryBaseTest {

  private static final String NAME = "registry.example/base";

  @TempDir private Path directory;

  private final RepositoryOfLayout repository = new RepositoryOfLayout();
  private final TestLayout layout = repository.layout();
  private TestBases bases;

  @BeforeEach
  void createCache() {
    bases = new TestBases(directory).with(repository);
  }

  private BaseImage open(String name, Platform platform) throws IOException {
    return bases.open(BaseReference.parse(name, directory), platform);
  }

  private BaseImage open(String name) throws IOException {
    return open(name, AMD64);
  }

  @Test
  void opensTheImageOfATag() throws IOException {
    Digest digest = repository.tag("1", layout.simpleImage("one"));

    BaseImage base = open(NAME + ":1");

    assertThat(base.name()).isEqualTo(NAME + ":1");
    assertThat(base.platform()).isEqualTo(AMD64);
    assertThat(base.config()).contains("\"A=ä\"");
    assertThat(base.layers())
        .extracting(layer -> layer.descriptor().mediaType())
        .containsExactly(MediaTypes.LAYER_GZIP);
    assertThat(base.origin())
        .contains(new BaseImage.Origin(ImageReference.parse(NAME + ":1"), digest));
    assertThat(contentOf(base)).contains("one");
    assertThat(bases.log.debugs()).anyMatch(line -> line.contains(digest.toString()));
  }

  @Test
  void asksForNoLayerBeforeSomebodyReadsIt() throws IOException {
    repository.tag("1", layout.simpleImage("one"));

    BaseImage base = open(NAME + ":1");
    BaseFiles.key(base);
    base.layers().forEach(layer -> layer.content().size());
    assertThat(repository.calls()).hasSize(3);
    assertThat(repository.calls().get(0)).isEqualTo("HEAD 1");
    assertThat(repository.calls().get(1)).startsWith("GET sha256:");
    assertThat(repository.blobCalls()).hasSize(1);

    assertThat(contentOf(base)).contains("one");
    assertThat(contentOf(open(NAME + ":1"))).contains("one");
    assertThat(repository.blobCalls())
        .hasSize(2)
        .last()
        .isEqualTo("GET blob " + base.layers().get(0).descriptor().digest());
  }

  @Test
  void aTagThatIsKnownCostsOneQuestion() throws IOException {
    repository.tag("1", layout.simpleImage("one"));
    BaseImage first = open(NAME + ":1");
    assertThat(contentOf(first)).contains("one");
    repository.forgetCalls();

    BaseImage second = open(NAME + ":1");

    assertThat(contentOf(second)).contains("one");
    assertThat(second.layers())
        .extracting(ImageLayer::descriptor)
        .isEqualTo(first.layers().stream().map(ImageLayer::descriptor).toList());
    assertThat(repository.calls()).containsExactly("HEAD 1");
    assertThat(bases.readings()).isEqualTo(1);
  }

  @Test
  void aDigestThatIsKnownCostsNothing() throws IOException {
    Digest digest = repository.tag("1", layout.simpleImage("one"));
    assertThat(contentOf(open(NAME + ":1"))).contains("one");
    repository.forgetCalls();

    assertThat(contentOf(open(NAME + "@" + digest))).contains("one");
    BaseImage base = open(NAME + ":no-matter@" + digest);

    assertThat(contentOf(base)).contains("one");
    assertThat(base.origin().orElseThrow().annotations())
        .containsEntry("org.opencontainers.image.base.name", NAME + ":no-matter")
        .containsEntry("org.opencontainers.image.base.digest", digest.toString());
    assertThat(repository.calls()).isEmpty();
  }

  @Test
  void aDigestThatIsUnknownNeedsNoTag() throws IOException {
    Digest digest = repository.tag("1", layout.simpleImage("one"));

    BaseImage base = open(NAME + "@" + digest);

    assertThat(contentOf(base)).contains("one");
    assertThat(repository.calls()).noneMatch(call -> call.startsWith("HEAD"));
    assertThat(base.origin().orElseThrow().annotations())
        .containsEntry("org.opencontainers.image.base.name", NAME + "@" + digest);
  }

  @Test
  void asksAnotherRepositoryForTheSameDigest() throws IOException {
    Digest digest = repository.tag("1", layout.simpleImage("one"));
    open(NAME + "@" + digest);
    repository.forgetCalls();

    open("registry.example/other@" + digest);

    assertThat(repository.calls()).contains("GET " + digest);
  }

  @Test
  void readsATagAgainThatHasMoved() throws IOException {
    repository.tag("1", layout.simpleImage("one"));
    assertThat(contentOf(open(NAME + ":1"))).contains("one");
    repository.tag("1", layout.simpleImage("two"));

    assertThat(contentOf(open(NAME + ":1"))).contains("two");
    assertThat(bases.readings()).isEqualTo(2);
  }

  @Test
  void offlineATagIsWhatItWasLast() throws IOException {
    repository.tag("1", layout.simpleImage("one"));
    assertThat(contentOf(open(NAME + ":1"))).contains("one");
    repository.tag("1", layout.simpleImage("two"));
    BaseImage two = open(NAME + ":1");
    assertThat(contentOf(two)).contains("two");
    repository.forgetCalls();
    bases.offline();

    assertThat(open(NAME + ":1").origin()).isEqualTo(two.origin());
    assertThat(contentOf(open(NAME + ":1"))).contains("two");
    assertThat(repository.calls()).isEmpty();
  }

  @Test
  void offlineTellsWhatTheCacheLacks() throws IOException {
    Digest digest = repository.tag("1", layout.simpleImage("one"));
    bases.offline();
    String message =
        "] is not in the cache, and this build is offline, perhaps you should build once without"
            + " -o";
    assertThatThrownBy(() -> open(NAME + ":1"))
        .isInstanceOf(SlimImageException.class)
        .hasMessage("Base image [" + NAME + ":1" + message);
    assertThatThrownBy(() -> open(NAME + "@" + digest))
        .hasMessage("Base image [" + NAME + "@" + digest + message);

    bases.with(repository);
    open(NAME + ":1");
    bases.offline();

    assertThatThrownBy(() -> open(NAME + ":1", ARM64)).hasMessageContaining(message);
    BaseImage lacksItsLayer = open(NAME + ":1");
    assertThatThrownBy(() -> contentOf(lacksItsLayer)).hasMessageContaining(message);
  }

  @Test
  void getsALayerAgainThatIsGone() throws IOException {
    repository.tag("1", layout.simpleImage("one"));
    BaseImage first = open(NAME + ":1");
    assertThat(contentOf(first)).contains("one");
    Digest layer = first.layers().get(0).descriptor().digest();
    assertThat(bases.cache.resolve("blobs/sha256").resolve(layer.hex()).toFile().delete()).isTrue();
    repository.forgetCalls();

    assertThat(contentOf(open(NAME + ":1"))).contains("one");
    assertThat(repository.calls()).containsExactly("HEAD 1", "GET blob " + layer);
  }

  @Test
  void tellsOfANameThatTheRegistryDoesNotHave() {
    assertThatThrownBy(() -> open(NAME + ":2"))
        .isInstanceOf(SlimImageException.class)
        .hasMessage(
            "Base image ["
                + NAME
                + ":2] is not in the registry [registry.example], perhaps you should check its"
                + " name, and log in to the registry if the image is private");
    String pinned = NAME + "@" + Digest.sha256("unknown");
    assertThatThrownBy(() -> open(pinned))
        .hasMessageContaining("Base image [" + pinned + "] is not in the registry");
    assertThatThrownBy(() -> open(NAME + "@sha512:" + "0".repeat(128)))
        .hasMessageContaining("has a digest that is no SHA-256");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void tellsThatARefusalMayMeanAWrongName(int status) {
    repository.failWith(
        new RegistryException("It says no, perhaps you should log in", status, null));

    assertThatThrownBy(() -> open(NAME + ":1"))
        .isInstanceOf(SlimImageException.class)
        .hasMessage(
            "Base image ["
                + NAME
                + ":1] cannot be pulled: It says no, perhaps you should log in. Registries say that"
                + " of images, too, that they do not have: check the name");
  }

  @Test
  void takesNoOldImageWhereTheRegistryDoesNotAnswer() throws IOException {
    RegistryException failure = new RegistryException("Nobody answers", 0, null);
    repository.failWith(failure);
    assertThatThrownBy(() -> open(NAME + ":1"))
        .hasMessage("Base image [" + NAME + ":1] cannot be pulled: Nobody answers")
        .hasCause(failure);
    repository.failWith(null);
    Digest digest = repository.tag("1", layout.simpleImage("one"));
    assertThat(contentOf(open(NAME + ":1"))).contains("one");
    repository.failWith(failure);

    assertThatThrownBy(() -> open(NAME + ":1"))
        .hasMessage(
            "Base image ["
                + NAME
                + ":1] cannot be pulled: Nobody answers. The cache has what it was at the last"
                + " build: go on with that by -o, or for good by 'slimimage.baseImage' ["
                + NAME
                + ":1@"
                + digest
                + "]");
    assertThat(contentOf(open(NAME + ":1@" + digest))).contains("one");
  }

  @Test
  void tellsWhichLayerCannotBeGot() throws IOException {
    repository.tag("1", layout.simpleImage("one"));
    BaseImage base = open(NAME + ":1");
    repository.failWith(new RegistryException("It broke off", 0, null));

    assertThatThrownBy(() -> contentOf(base))
        .isInstanceOf(SlimImageException.class)
        .hasMessage("Base image [" + NAME + ":1] cannot be pulled: It broke off");

    repository.failWith(null);
    assertThat(contentOf(base)).contains("one");
  }

  @Test
  void takesTheLayersOfThatRepositoryWhateverItsNameIs() throws IOException {
    repository.tag("latest", layout.simpleImage("one"));

    BaseImage base = open("base");

    assertThat(base.name()).isEqualTo("base:latest");
    assertThat(base.origin().orElseThrow().annotations())
        .containsEntry("org.opencontainers.image.base.name", "docker.io/library/base:latest");
    assertThat(List.copyOf(base.layers())).hasSize(1);
  }
}
