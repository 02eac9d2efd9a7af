package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slimimage.docker.EngineImage;
import io.slimimage.docker.EngineLayer;
import io.slimimage.dockerfile.BuilderStage;
import io.slimimage.image.ImageConfig;
import io.slimimage.image.ImagePlan;
import io.slimimage.image.ImageReference;
import io.slimimage.image.Platform;
import io.slimimage.layer.LayerRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildOutputsTest {

  private static final String ID = "sha256:" + "1".repeat(64);
  private static final ImageConfig CONFIG =
      new ImageConfig(
          "", List.of(), Map.of(), Map.of(), List.of(), "", List.of(), List.of(), null, "");

  @TempDir private Path directory;

  private static BuildResult result(String target) {
    BuildPlan plan =
        new BuildPlan(
            new ImagePlan(
                List.of(ImageReference.parse("app:1.0"), ImageReference.parse("app:0")),
                "jre:17",
                List.of(LayerRole.DEPENDENCIES, LayerRole.APPLICATION),
                CONFIG),
            new Reactor(
                Path.of("/p"),
                "pom.xml",
                List.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                false,
                Optional.empty()),
            new BuildPlan.Builder(
                "maven:17",
                new BuilderStage.MavenCall(List.of(), List.of(), List.of(), "", List.of(), "", ""),
                false,
                false,
                17,
                ""),
            new LayersConfiguration("g:a", null, "pull", 0, "x", Map.of(), List.of(), null, ""),
            Optional.empty(),
            Map.of(),
            Optional.empty(),
            Path.of("/p/src/main/slimimage"),
            false,
            List.of());
    EngineImage image =
        new EngineImage(
            ID,
            List.of(),
            "",
            60,
            Platform.parse("linux/amd64"),
            List.of(
                new EngineLayer("sha256:base", 30),
                new EngineLayer("sha256:deps", -1),
                new EngineLayer("sha256:app", 10)),
            CONFIG);
    return new BuildResult(
        plan,
        target,
        image,
        "Docker 28",
        new BuildResult.StepStatistics(9, 4, 5),
        Optional.empty(),
        Duration.ofMillis(1500));
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(directory.resolve("image.json").toFile());
  }

  @Test
  void tellsTheImageAndItsLayers() throws IOException {
    new BuildOutputs(directory).write(result("runtime"));
    assertThat(directory.resolve("image.id")).hasContent(ID);
    JsonNode json = json();
    assertThat(json.get("reference").asText()).isEqualTo("app:1.0");
    assertThat(json.get("tags")).hasToString("[\"app:0\",\"app:1.0\"]");
    assertThat(json.get("platform").asText()).isEqualTo("linux/amd64");
    assertThat(json.get("layers").findValuesAsText("role"))
        .containsExactly("base", "dependencies", "application");
    assertThat(json.get("layers").get(1).has("size")).isFalse();
    assertThat(json.get("layers").get(2).get("size").asLong()).isEqualTo(10);
    assertThat(json.get("build").get("stepsCached").asInt()).isEqualTo(5);
  }

  @Test
  void aStageBeforeTheImageHasNoName() throws IOException {
    new BuildOutputs(directory).write(result("builder"));
    assertThat(json().get("reference").asText()).isEqualTo(ID);
    assertThat(json().get("tags")).isEmpty();
    assertThat(json().get("layers").findValuesAsText("role")).containsOnly("base");
  }

  @Test
  void leavesNoPartialFileBehind() throws IOException {
    BuildOutputs outputs = new BuildOutputs(directory);
    outputs.writeDockerfile("FROM x\n");
    outputs.write(result("runtime"));
    outputs.write(result("runtime"));
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("Dockerfile", "image.json", "image.id");
    }
  }

  @Test
  void theIdIsWrittenLast() throws IOException {
    Files.createDirectories(directory.resolve("image.json/in-the-way"));
    assertThatThrownBy(() -> new BuildOutputs(directory).write(result("runtime")))
        .isInstanceOf(IOException.class);
    assertThat(directory.resolve("image.id")).doesNotExist();
  }

  @Test
  void clearsWhatAnEarlierBuildHasLeftAndNothingElse() throws IOException {
    BuildOutputs outputs = new BuildOutputs(directory.resolve("slimimage"));
    outputs.clear();
    outputs.writeDockerfile("FROM x\n");
    outputs.write(result("runtime"));
    Path other = Files.writeString(directory.resolve("slimimage/other"), "");
    outputs.clear();
    try (Stream<Path> files = Files.list(directory.resolve("slimimage"))) {
      assertThat(files).containsExactly(other);
    }
  }

  @Test
  void publishesPropertiesForGoalsThatComeLater() {
    Properties properties = new Properties();
    new BuildOutputs(directory).publish(result("runtime"), properties);
    assertThat(properties)
        .containsEntry("slimimage.result.reference", "app:1.0")
        .containsEntry("slimimage.result.id", ID);
  }

  @Test
  void tellsTheDigestOfAnImageThatWasMadeHere() throws IOException {
    BuildOutputs outputs = new BuildOutputs(directory);
    Properties properties = new Properties();
    EmbeddedResult result = new EmbeddedResults().get();
    outputs.write(result);
    outputs.publish(result, properties);
    assertThat(directory.resolve("image.digest")).hasContent(EmbeddedResults.DIGEST.toString());
    assertThat(directory.resolve("image.id")).hasContent(EmbeddedResults.ID.toString());
    assertThat(json().get("engine").asText()).isEqualTo("embedded");
    assertThat(properties)
        .containsEntry("slimimage.result.reference", "shop:1.0")
        .containsEntry("slimimage.result.id", EmbeddedResults.ID.toString())
        .containsEntry("slimimage.result.digest", EmbeddedResults.DIGEST.toString());
    outputs.clear();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void clearsNoImageThatTheNextBuildMayNotHaveToWrite() throws IOException {
    Path index = directory.resolve("image/index.json");
    Files.createDirectories(index.getParent());
    Files.writeString(index, "{}");
    Path archive = Files.writeString(directory.resolve("image.tar"), "");
    BuildOutputs outputs = new BuildOutputs(directory);
    outputs.clear();
    assertThat(index).exists();
    assertThat(archive).exists();
    outputs.withdrawImage();
    assertThat(index).doesNotExist();
    assertThat(archive).doesNotExist();
    assertThat(index.getParent()).exists();
  }
}
