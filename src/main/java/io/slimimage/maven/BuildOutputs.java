package io.slimimage.maven;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slimimage.image.ImageReference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;

/** The files in {@code target/slimimage} that tell later builds what this one has made. */
final class BuildOutputs {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Path directory;

  BuildOutputs(Path directory) {
    this.directory = directory;
  }

  /** Removes what an earlier build has left, so that a failure leaves nothing to be trusted. */
  void clear() throws IOException {
    for (String name : new String[] {"image.id", "image.json", "Dockerfile"}) {
      Files.deleteIfExists(directory.resolve(name));
    }
  }

  /** Writes the Dockerfile of the build. */
  void writeDockerfile(String text) throws IOException {
    write("Dockerfile", text);
  }

  /** Writes what the build has made, {@code image.id} last. */
  void write(BuildResult result) throws IOException {
    write("image.json", JSON.writeValueAsString(json(result)) + "\n");
    write("image.id", result.image().id());
  }

  /** Sets the Maven properties for goals that come later. */
  void publish(BuildResult result, Properties properties) {
    properties.setProperty("slimimage.result.reference", result.reference());
    properties.setProperty("slimimage.result.id", result.image().id());
  }

  private void write(String name, String text) throws IOException {
    Files.createDirectories(directory);
    Path temporary = directory.resolve("." + name + ".partial");
    Files.write(temporary, text.getBytes(StandardCharsets.UTF_8));
    Files.move(temporary, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  private static ObjectNode json(BuildResult result) {
    ObjectNode json = JSON.createObjectNode();
    json.put("reference", result.reference());
    ArrayNode tags = json.putArray("tags");
    if (result.isImage()) {
      result.plan().image().references().stream()
          .map(ImageReference::familiar)
          .sorted()
          .forEach(tags::add);
    }
    json.put("id", result.image().id());
    json.put("target", result.target());
    json.put("engine", result.engine());
    json.put("platform", result.image().platform().toString());
    json.put("baseImage", result.plan().image().baseImage());
    json.put("builderImage", result.plan().builder().image());
    json.put("size", result.image().size());
    ArrayNode layers = json.putArray("layers");
    for (BuildResult.RoleLayer layer : result.layers()) {
      ObjectNode node = layers.addObject();
      node.put("role", layer.role());
      node.put("diffId", layer.layer().diffId());
      if (layer.layer().size() >= 0) {
        node.put("size", layer.layer().size());
      }
    }
    result.runtime().ifPresent(runtime -> json.set("runtime", runtime.json()));
    ObjectNode build = json.putObject("build");
    build.put("milliseconds", result.total().toMillis());
    build.put("contextBytes", result.steps().contextBytes());
    build.put("stepsRun", result.steps().run());
    build.put("stepsCached", result.steps().cached());
    return json;
  }
}
