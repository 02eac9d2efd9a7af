package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slimimage.BuildLog;
import io.slimimage.ConfigurationException;
import io.slimimage.RecordedLog;
import io.slimimage.SlimImageException;
import io.slimimage.blob.Compression;
import io.slimimage.credentials.CredentialSource;
import io.slimimage.image.BuiltImage;
import io.slimimage.image.BuiltLayer;
import io.slimimage.image.Descriptor;
import io.slimimage.image.ImageReference;
import io.slimimage.image.PlatformImages;
import io.slimimage.layer.LayerRole;
import io.slimimage.output.EngineLoader;
import io.slimimage.output.MemoryRegistries;
import io.slimimage.output.PushableImage;
import io.slimimage.output.SampleImage;
import io.slimimage.registry.Access;
import io.slimimage.registry.Registries;
import io.slimimage.registry.RegistryException;
import io.slimimage.registry.RegistrySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagePushesTest {

  private static final String SHOP = "registry.example/team/shop";

  @TempDir private Path root;

  private final MemoryRegistries registries = new MemoryRegistries();
  private final RecordedLog log = new RecordedLog();
  private BuildOutputs outputs;
  private MavenSession session;
  private BuiltImage image;
  private String baseImage = "scratch";

  @BeforeEach
  void build() throws IOException {
    session =
        new TestReactor(root)
            .project("", "<groupId>g</groupId><artifactId>a</artifactId><version>1</version>")
            .session(0);
    outputs = new BuildOutputs(root.resolve("target/slimimage"));
    build(samples().printing("hello", SHOP + ":1.0", SHOP + ":latest"));
  }

  private SampleImage samples() {
    return SampleImage.in(root.resolve("cache"), Compression.GZIP, 1).withLarger(20_000);
  }

  private void build(BuiltImage built) throws IOException {
    image = built;
    Path layout = outputs.directory().resolve("image");
    samples().layout(layout).write(PlatformImages.of(image));
    List<BuiltLayer> layers =
        List.of(new BuiltLayer(LayerRole.APPLICATION, image.layers().get(2), 1, 1, false));
    outputs.write(
        new EmbeddedResult(
            PlatformImages.of(image),
            List.of(new EmbeddedImage(image, layers)),
            baseImage,
            Optional.empty(),
            List.of(),
            List.of(),
            new EmbeddedResult.Written(
                layout, 0, Optional.empty(), Optional.empty(), new EngineLoader.Loaded(0, 0)),
            Duration.ZERO));
  }

  private LazyRegistries lazy() {
    RegistryAccess access =
        new RegistryAccess(
            new SettingsCredentials(SettingsOfTests.decrypter()), SettingsOfTests.decrypter()) {
          @Override
          Registries client(
              RegistrySettings settings, CredentialSource credentials, BuildLog buildLog) {
            return registries;
          }
        };
    return new LazyRegistries(() -> access, session, GivenParameters.of(), log);
  }

  private ImagePushes pushes(LazyRegistries lazy) {
    return new ImagePushes(session, root.resolve("cache"), lazy, outputs, log);
  }

  private void pushBuilt(String... names) throws IOException {
    List<ImageReference> references =
        List.of(names).stream().map(name -> ImageReference.parse(name)).toList();
    try (LazyRegistries lazy = lazy()) {
      pushes(lazy).pushBuilt(references);
    }
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(Files.readString(outputs.directory().resolve("image.json")));
  }

  @Test
  void pushesTheLayoutUnderAllItsNames() throws IOException {
    pushBuilt(SHOP + ":1.0", SHOP + ":latest");

    assertThat(registries.manifest(SHOP, "1.0")).isPresent();
    assertThat(registries.manifest(SHOP, "latest")).isPresent();
    assertThat(registries.isClosed()).isTrue();
    assertThat(log.infos())
        .startsWith("Pushing " + SHOP)
        .endsWith(SHOP + "@" + image.digest())
        .anyMatch(line -> line.contains("4 sent"));
  }

  @Test
  void tellsPipelinesWhatWasPushed() throws IOException {
    pushBuilt(SHOP + ":1.0", SHOP + ":latest");

    JsonNode pushed = json().path("pushed").get(0);
    assertThat(pushed.path("reference").asText()).isEqualTo(SHOP + "@" + image.digest());
    assertThat(pushed.path("tags")).hasToString("[\"1.0\",\"latest\"]");
    assertThat(pushed.path("bytesSent").asLong()).isPositive();
    assertThat(json().path("layers")).allMatch(layer -> layer.path("sent").booleanValue());
    assertThat(outputs.directory().resolve("image.digest")).hasContent(image.digest().toString());
    assertThat(session.getCurrentProject().getProperties())
        .containsEntry("slimimage.result.digest", image.digest().toString());

    pushBuilt(SHOP + ":1.0", SHOP + ":latest");

    assertThat(json().path("pushed").get(0).path("bytesSent").asLong()).isZero();
    assertThat(json().path("layers")).noneMatch(layer -> layer.path("sent").booleanValue());
    assertThat(log.infos()).anyMatch(line -> line.contains("the registry has all of it"));
  }

  @Test
  void getsLayersFromTheBaseThatTheLayoutLacks() throws IOException {
    baseImage = "base.example/jre:17";
    build(image);
    Descriptor layer = image.layers().get(0).descriptor();
    registries
        .repository(ImageReference.parse("base.example/jre:17"), Access.PUSH)
        .push(layer, image.layers().get(0).content());
    Files.delete(outputs.directory().resolve("image/blobs/sha256").resolve(layer.digest().hex()));

    pushBuilt(SHOP + ":1.0", SHOP + ":latest");

    assertThat(registries.calls())
        .filteredOn(call -> call.startsWith("open"))
        .containsExactly("open base.example/jre " + layer.digest());
    assertThat(registries.manifest(SHOP, "1.0")).isPresent();

    pushBuilt(SHOP + ":1.0", SHOP + ":latest");

    assertThat(registries.calls("open")).isEmpty();
  }

  @Test
  void looksNowhereElseForLayersThatAreNotTheBases() throws IOException {
    baseImage = "base.example/jre:17";
    build(image);
    String digest = image.layers().get(2).descriptor().digest().hex();
    Files.delete(outputs.directory().resolve("image/blobs/sha256").resolve(digest));

    assertThatThrownBy(() -> pushBuilt(SHOP + ":1.0", SHOP + ":latest"))
        .hasMessageContaining("lacks a blob, or has less or more of it: sha256:" + digest)
        .hasMessageContaining("perhaps you should build again");
  }

  @Test
  void pushesAnImageThatWasBuiltJustNowWithoutItsLayout() throws IOException {
    Files.delete(outputs.directory().resolve("image/index.json"));

    try (LazyRegistries lazy = lazy()) {
      pushes(lazy).push(PushableImage.of(PlatformImages.of(image)), image.references());
    }

    assertThat(registries.manifest(SHOP, "1.0")).isPresent();
  }

  @Test
  void saysThatNothingWasBuilt() throws IOException {
    Files.delete(outputs.directory().resolve("image.id"));

    assertThatThrownBy(() -> pushBuilt(SHOP + ":1.0", SHOP + ":latest"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("There is no image in [" + outputs.directory() + "]")
        .hasMessageContaining("perhaps you should run the goal 'build' before");
  }

  @Test
  void pushesNoOtherImageThanTheOneOfTheParameters() {
    assertThatThrownBy(() -> pushBuilt(SHOP + ":2.0"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(SHOP + ":1.0, " + SHOP + ":latest, not " + SHOP + ":2.0");
    assertThat(registries.calls()).isEmpty();
  }

  @Test
  void pushesNoStage() throws IOException {
    Path json = outputs.directory().resolve("image.json");
    Files.writeString(json, Files.readString(json).replace("\"runtime\"", "\"builder\""));

    assertThatThrownBy(() -> pushBuilt(SHOP + ":1.0", SHOP + ":latest"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("is the stage [builder]");
  }

  @Test
  void closesTheRegistriesAndTellsNothingOfAPushThatFails() throws IOException {
    registries.refusing(image.id());

    assertThatThrownBy(() -> pushBuilt(SHOP + ":1.0", SHOP + ":latest"))
        .isInstanceOf(RegistryException.class);
    assertThat(registries.isClosed()).isTrue();
    assertThat(json().has("pushed")).isFalse();
    assertThat(log.infos()).noneMatch(line -> line.contains("@sha256:"));
  }

  @Test
  void noticesALayoutThatIsDamaged() throws IOException {
    Files.delete(outputs.directory().resolve("image/index.json"));

    assertThatThrownBy(() -> pushBuilt(SHOP + ":1.0", SHOP + ":latest"))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("has no [index.json]");
  }
}
