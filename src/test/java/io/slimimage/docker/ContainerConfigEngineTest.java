package io.slimimage.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import io.slimimage.docker.TestEngine.Recorder;
import io.slimimage.docker.TestEngine.RecordingLog;
import io.slimimage.dockerfile.BuilderStage;
import io.slimimage.dockerfile.ContextLayout;
import io.slimimage.dockerfile.DockerfileWriter;
import io.slimimage.image.BaseImage;
import io.slimimage.image.BuiltImage;
import io.slimimage.image.Descriptor;
import io.slimimage.image.Healthcheck;
import io.slimimage.image.ImageAssembly;
import io.slimimage.image.ImageConfig;
import io.slimimage.image.ImageLayer;
import io.slimimage.image.ImageMetadata;
import io.slimimage.image.ImagePlan;
import io.slimimage.image.ImageReference;
import io.slimimage.image.MediaTypes;
import io.slimimage.image.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What an image is started with comes out the same by an engine's build of the Dockerfile and by
 * assembly without an engine, on the same base image.
 */
@Tag("engine")
@Timeout(180)
class ContainerConfigEngineTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> NO_BASE = List.of();

  private static final List<String> FULL_BASE =
      List.of(
          "FROM scratch",
          "COPY Dockerfile /one",
          "ENV A=1 B=\"two words\" C=\"a=b\" EMPTY= JAVA_OPTS=\"-Dx=\\\"y\\\"\"",
          "LABEL kept=x replaced=\"y z\"",
          "EXPOSE 80 443/udp",
          "VOLUME /data /var/x",
          "WORKDIR /w/base",
          "STOPSIGNAL SIGINT",
          "HEALTHCHECK --interval=10s --timeout=3s --start-period=4s --retries=5 CMD /bin/check me",
          "USER 5:6",
          "SHELL [\"/bin/bash\",\"-c\"]",
          "ENTRYPOINT [\"/hello\"]",
          "CMD arg");

  private static final ImageConfig NOTHING =
      new ImageConfig(
          "", List.of(), Map.of(), Map.of(), List.of(), "", List.of(), List.of(), null, "");

  private final String baseTag = TestEngine.uniqueTag();
  private final String tag = TestEngine.uniqueTag();
  private DockerEngine engine;

  @BeforeEach
  void connect() {
    engine = TestEngine.connect(new RecordingLog());
  }

  @AfterEach
  void clean() {
    if (engine != null) {
      engine.close();
      TestEngine.remove(tag, baseTag);
    }
  }

  static Stream<Arguments> plans() {
    Map<String, String> env = new LinkedHashMap<>();
    env.put("NEW", "$HOME \\ \"q\" 'ü'");
    env.put("B", "other");
    env.put("A", "");
    env.put("AB", "prefix of none");
    ImageConfig everything =
        new ImageConfig(
            "65532:65532",
            List.of("8080/tcp", "80/tcp", "53/udp"),
            env,
            Map.of("replaced", "new", "a.b/c", "ü $x", "z", ""),
            List.of("/vol", "/data"),
            "/new/dir",
            List.of("/opt/java/bin/java", "-jar", "/app/a b.jar"),
            List.of("--flag", "x\"y"),
            new Healthcheck(List.of("/x", "y z"), "1m30s", "1.5s", "", 0),
            "SIGTERM");
    ImageConfig entrypoint =
        new ImageConfig(
            "",
            List.of(),
            Map.of("PATH", "/only"),
            Map.of(),
            List.of(),
            "/other",
            List.of("/java"),
            List.of(),
            new Healthcheck(List.of(), "", "", "", 0),
            "");
    ImageConfig args =
        new ImageConfig(
            "app",
            List.of(),
            Map.of(),
            Map.of(),
            List.of(),
            "",
            List.of(),
            List.of("only"),
            new Healthcheck(List.of("c"), "1h2m3s", "", "2ms", 7),
            "");
    return Stream.of(NO_BASE, FULL_BASE)
        .flatMap(
            base ->
                Stream.of(
                    Arguments.of("nothing", NOTHING, base),
                    Arguments.of("everything", everything, base),
                    Arguments.of("entrypoint", entrypoint, base),
                    Arguments.of("args", args, base)));
  }

  @ParameterizedTest(name = "{0} on {2}")
  @MethodSource("plans")
  void equalsWhatAnEngineMakesOfTheDockerfile(String name, ImageConfig config, List<String> lines)
      throws IOException {
    String base = "scratch";
    if (!lines.isEmpty()) {
      base = baseTag;
      build(baseTag, lines);
    }
    ImagePlan plan = new ImagePlan(List.of(ImageReference.parse(tag)), base, List.of(), config);
    List<String> dockerfile = new ArrayList<>();
    dockerfile.addAll(dockerfile(plan).lines().toList());
    // An image on nothing without any file is none.
    dockerfile.add("COPY Dockerfile /two");
    build(tag, dockerfile);

    BuiltImage assembled =
        ImageAssembly.assemble(
            plan,
            lines.isEmpty() ? BaseImage.scratch(platform()) : base(base),
            List.of(),
            new ImageMetadata(Instant.EPOCH, Map.of(), "test"));

    JsonNode ours;
    try (InputStream in = assembled.config().open()) {
      ours = JSON.readTree(in).get("config");
    }
    assertThat(withoutNothing(ours)).isEqualTo(withoutNothing(config(tag).get("config")));
  }

  private Platform platform() {
    return engine.info().platform();
  }

  private BaseImage base(String reference) throws IOException {
    JsonNode config = config(reference);
    List<ImageLayer> layers = new ArrayList<>();
    for (JsonNode diffId : config.get("rootfs").get("diff_ids")) {
      Digest digest = Digest.parse(diffId.asText());
      layers.add(
          new ImageLayer(
              new Descriptor(MediaTypes.LAYER_TAR, digest, 0), digest, Blob.of(new byte[0])));
    }
    return new BaseImage(reference, platform(), config.toString(), layers);
  }

  /** Other than BuildKit, the classic builder would build the stage that nothing needs. */
  private void build(String name, List<String> lines) {
    engine.build(
        TestEngine.request(EngineBuilder.BUILDKIT, name),
        TestEngine.dockerfile(lines.toArray(String[]::new)),
        new Recorder());
  }

  private static String dockerfile(ImagePlan plan) {
    BuilderStage.MavenCall maven =
        new BuilderStage.MavenCall(
            List.of(), List.of(), List.of(), "-DskipTests", List.of(), "layers", "key");
    BuilderStage stage =
        new BuilderStage(
            "no.such.registry/maven:1",
            ContextLayout.STREAMED,
            new BuilderStage.Own("{}", List.of(), "", false),
            new BuilderStage.Sources(List.of("pom.xml"), false, false, List.of()),
            maven,
            false,
            false);
    return DockerfileWriter.render(List.of(), stage, plan);
  }

  /**
   * Leaves out what Go writes where there is nothing, and a field for Windows that some engines set
   * and others do not.
   */
  private static ObjectNode withoutNothing(JsonNode config) {
    ObjectNode copy = config.deepCopy();
    copy.remove("ArgsEscaped");
    copy.properties().stream()
        .filter(
            it ->
                it.getValue().isNull()
                    || it.getValue().isBoolean() && !it.getValue().asBoolean()
                    || it.getValue().isTextual() && it.getValue().asText().isEmpty()
                    || it.getValue().isContainerNode() && it.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .toList()
        .forEach(copy::remove);
    return copy;
  }

  /** Returns an image's configuration as the engine keeps it. */
  private static JsonNode config(String reference) throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    try (EngineClient client = TestEngine.client();
        TarArchiveInputStream tar =
            new TarArchiveInputStream(client.docker().saveImageCmd(reference).exec())) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.isFile() && entry.getSize() < 1 << 20) {
          files.put(entry.getName(), tar.readAllBytes());
        }
      }
    }
    JsonNode manifest = JSON.readTree(files.get("manifest.json"));
    return JSON.readTree(new String(files.get(manifest.get(0).get("Config").asText()), UTF_8));
  }
}
