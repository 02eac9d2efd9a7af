package io.slimimage.maven;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slimimage.image.ImageReference;
import io.slimimage.layer.DirectoryTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** The files in {@code target/slimimage} that tell later builds what this one has made. */
final class BuildOutputs {

  private final Path directory;

  BuildOutputs(Path directory) {
    this.directory = directory;
  }

  /** Returns the directory that everything is in. */
  Path directory() {
    return directory;
  }

  /**
   * Removes what an earlier build tells of its image, so that a failure leaves nothing to be
   * trusted. The image itself stays: what of it has not changed is not written again.
   */
  void clear() throws IOException {
    for (String name : new String[] {"image.id", "image.digest", "image.json", "Dockerfile"}) {
      Files.deleteIfExists(directory.resolve(name));
    }
  }

  /**
   * Removes what an image of an earlier build could be taken for this build's by, which has failed:
   * the archive, and the index without which a directory is no OCI layout. The layout's blobs stay
   * for the next build.
   */
  void withdrawImage() throws IOException {
    for (String name : new String[] {"image.id", "image.digest", "image.json"}) {
      Files.deleteIfExists(directory.resolve(name));
    }
    Files.deleteIfExists(directory.resolve("image.tar"));
    Files.deleteIfExists(directory.resolve("image/index.json"));
  }

  /** Removes the image of a build by the embedded engine, which is not this build's. */
  void clearImage() throws IOException {
    Files.deleteIfExists(directory.resolve("image.tar"));
    DirectoryTree.delete(directory.resolve("image"));
  }

  /** Writes the Dockerfile of the build. */
  void writeDockerfile(String text) throws IOException {
    write("Dockerfile", text);
  }

  /** Writes what the build has made, {@code image.id} last. */
  void write(BuildResult result) throws IOException {
    write("image.json", json(result).toPrettyString() + "\n");
    write("image.id", result.image().id());
  }

  /** Writes what the embedded engine has made, {@code image.id} last. */
  void write(EmbeddedResult result) throws IOException {
    write("image.json", EmbeddedJson.of(result));
    write("image.digest", result.named().digest().toString());
    write("image.id", result.id());
  }

  /** Returns what the last build that has succeeded tells of its image. */
  Optional<ImageJson> built() throws IOException {
    Path json = directory.resolve("image.json");
    // Written last, so that without it there is nothing to be trusted.
    boolean complete = Files.isRegularFile(directory.resolve("image.id"));
    return complete && Files.isRegularFile(json)
        ? Optional.of(ImageJson.parse(Files.readString(json)))
        : Optional.empty();
  }

  /** Adds what was pushed of the image to what is told of it. */
  void writePushed(List<PushResult> results) throws IOException {
    Optional<ImageJson> built = built();
    if (built.isPresent()) {
      write("image.json", built.get().withPushed(results));
      write("image.digest", results.get(0).digest());
    }
  }

  /** Sets the Maven properties for goals that come later. */
  void publish(PushResult result, Properties properties) {
    properties.setProperty("slimimage.result.digest", result.digest());
  }

  /** Sets the Maven properties for goals that come later. */
  void publish(EmbeddedResult result, Properties properties) {
    properties.setProperty("slimimage.result.reference", result.reference());
    properties.setProperty("slimimage.result.id", result.id());
    properties.setProperty("slimimage.result.digest", result.named().digest().toString());
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
    ObjectNode json = JsonNodeFactory.instance.objectNode();
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
