package io.slimimage.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Images that an engine has built, and saves. */
@RequiresEngine
@Timeout(120)
class EqualImagesEngineTest {

  /** What every container gets from the engine, whatever its image is. */
  private static final Pattern OF_CONTAINER =
      Pattern.compile("(dev|etc|proc|sys)(/.*)?|\\.dockerenv");

  private static final String SETTINGS =
      """
      ENV GREETING="two words"
      EXPOSE 8080
      LABEL title="some title"
      USER 65532:65532
      HEALTHCHECK --interval=5s CMD ["/probe"]
      ENTRYPOINT ["/program"]
      """;

  private final String repository = "slimimage-test/equal-" + UUID.randomUUID();
  private final Map<String, String> images = new TreeMap<>();
  private DockerClient client;

  @BeforeEach
  void connect() {
    DockerClientConfig config =
        DefaultDockerClientConfig.createDefaultConfigBuilder()
            .withApiVersion((String) null)
            .build();
    client =
        DockerClientImpl.getInstance(
            config,
            new ZerodepDockerHttpClient.Builder()
                .dockerHost(config.getDockerHost())
                .sslConfig(config.getSSLConfig())
                .build());
  }

  @AfterEach
  void removeImages() throws IOException {
    images.values().forEach(image -> client.removeImageCmd(image).withForce(true).exec());
    client.close();
  }

  @Test
  void imagesThatDifferInTheirLayersOnlyAreEqual() throws IOException {
    String one = build("one", "FROM scratch\nADD new.tar /\n" + SETTINGS);
    String many =
        build("many", "FROM scratch\nADD old.tar /\nADD new.tar /\nWORKDIR /\n" + SETTINGS);
    EqualImages equal = EqualImages.of(one, many);

    equal.areEqual().timesAreEqual();
    assertThatThrownBy(() -> equal.layersAreEqualAbove("scratch"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("  layer 01: program\n");
    String child = build("child", "FROM " + one + "\nADD old.tar /\n");
    String other = build("other", "FROM " + one + "\nADD old.tar /\nWORKDIR /app\n");
    EqualImages.of(child, other).layersAreEqualAbove(one);
  }

  @Test
  void tellsWhatDiffers() throws IOException {
    String one = build("one", "FROM scratch\nADD new.tar /\n" + SETTINGS);
    String other =
        build("other", "FROM scratch\nADD old.tar /\n" + SETTINGS + "STOPSIGNAL SIGINT\nENV B=1\n");

    assertThatThrownBy(EqualImages.of(one, other)::areEqual)
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll(
            "2 of 11 configuration fields differ:\n",
            "  StopSignal\n    - is not there\n    + SIGINT\n",
            "\"GREETING=two words\",\"B=1\"]\n",
            "2 of 4 files differ:\n",
            "  app\n    - directory 0750 65532:65532\n    + directory 0755 0:0\n",
            "  program\n    - file 0755 0:0, 3 bytes, sha256:",
            "    + file 0644 0:0, 3 bytes, sha256:");
  }

  /** The engine itself must see the same where the layers lie over each other. */
  @Test
  void theRootFileSystemIsThatOfAContainer() throws IOException {
    MadeLayer below =
        new MadeLayer()
            .directory("a")
            .directory("a/gone")
            .file("a/gone/file", "1")
            .directory("a/opaque")
            .file("a/opaque/file", "1")
            .file("a/file", "1")
            .hardLink("a/name", "a/file")
            .directory("b")
            .file("b/file", "1")
            .link("c", "a");
    MadeLayer above =
        new MadeLayer()
            .directory("a", entry -> entry.setMode(042711))
            .file("a/.wh.gone", "")
            .directory("a/opaque", entry -> entry.setIds(65532, 7))
            .file("a/opaque/.wh..wh..opq", "")
            .file("a/opaque/other", "2", entry -> entry.setMode(0104755))
            .file("a/file", "changed")
            .hardLink("a/second", "a/file")
            .file("b", "no directory")
            .directory("c")
            .file("c/file", "2");
    String image = load("layers", below, above);

    SortedMap<String, SavedEntry> root;
    try (Engine engine = Engine.ofEnvironment()) {
      root = RootFileSystem.of(engine.save(image).layers());
    }

    assertThat(root)
        .containsExactlyEntriesOf(inContainer(image))
        .containsOnlyKeys(
            "a", "a/file", "a/name", "a/opaque", "a/opaque/other", "a/second", "b", "c", "c/file");
  }

  @Test
  void anImageThatIsNotThereIsNotEqual() {
    assertThatThrownBy(() -> EqualImages.of(repository + ":none", repository + ":neither"))
        .isInstanceOf(NotFoundException.class);
  }

  private SortedMap<String, SavedEntry> inContainer(String image) throws IOException {
    String id = client.createContainerCmd(image).withCmd("none").exec().getId();
    try (InputStream tar = client.copyArchiveFromContainerCmd(id, "/.").exec()) {
      SortedMap<String, SavedEntry> files = RootFileSystem.of(List.of(SavedLayer.read(tar)));
      files.keySet().removeIf(path -> OF_CONTAINER.matcher(path).matches());
      return files;
    } finally {
      client.removeContainerCmd(id).withForce(true).exec();
    }
  }

  private String load(String tag, MadeLayer... layers) throws IOException {
    String image = repository + ":" + tag;
    client.loadImageCmd(new ByteArrayInputStream(MadeArchive.loadable(image, layers))).exec();
    images.put(tag, image);
    return image;
  }

  private String build(String tag, String dockerfile) {
    byte[] context =
        new MadeLayer()
            .file("Dockerfile", dockerfile)
            .file("old.tar", files(0755, 0, 0644, "old").bytes())
            .file("new.tar", files(0750, 65532, 0755, "new").bytes())
            .bytes();
    String image = repository + ":" + tag;
    client
        .buildImageCmd(new ByteArrayInputStream(context))
        .withTags(Set.of(image))
        .exec(new BuildImageResultCallback())
        .awaitImageId();
    images.put(tag, image);
    return image;
  }

  private static MadeLayer files(int access, int owner, int mode, String program) {
    return new MadeLayer()
        .directory(
            "app",
            entry -> {
              entry.setMode(040000 | access);
              entry.setIds(owner, owner);
            })
        .file("app/motto", "small")
        .link("link", "app/motto")
        .file("program", program, entry -> entry.setMode(0100000 | mode));
  }
}
