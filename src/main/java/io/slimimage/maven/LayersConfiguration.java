package io.slimimage.maven;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.slimimage.SlimImageException;
import io.slimimage.layer.LayerRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.project.MavenProject;

/**
 * The effective configuration of the goal {@code layers}: the host writes it into the build
 * context, and in the builder stage nothing else counts.
 *
 * @param module {@code groupId:artifactId} of the module that is packaged
 * @param mainClass the main class, or null to find it
 * @param optimizeFor {@code pull} or {@code disk}
 * @param created the time inside the jars that the build makes, in seconds since the epoch
 * @param extraDirectory the directory of extra files, relative to the module
 * @param directories directories of the runtime layer, with their permission bits in octal
 * @param layers the directory names of the layers that the image has
 * @param runtime how to link the runtime, or null where the base image has one
 * @param output the directory that the builder stage has them written to
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LayersConfiguration(
    String module,
    String mainClass,
    String optimizeFor,
    long created,
    String extraDirectory,
    Map<String, String> directories,
    List<String> layers,
    RuntimeConfiguration runtime,
    String output) {

  /** The property that names the file; it also tells {@code build} that it is in its own build. */
  static final String PROPERTY = "slimimage.configuration";

  /** Where nothing is written or read, nothing of Jackson is loaded. */
  private static final class Json {
    static final ObjectMapper MAPPER =
        JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private Json() {}
  }

  LayersConfiguration {
    directories = Map.copyOf(directories);
    layers = List.copyOf(layers);
  }

  /** Returns the configuration of the layers for a build on this machine. */
  static LayersConfiguration ofHost(
      Parameters given,
      MavenProject project,
      Map<String, String> directories,
      Optional<RuntimeConfiguration> runtime,
      Problems problems) {
    return new LayersConfiguration(
        project.getGroupId() + ":" + project.getArtifactId(),
        given.mainClass(),
        given.optimizeFor(),
        new ParameterValues(problems).created(given.created(), project.getProperties()),
        given.extraDirectory(),
        directories,
        Arrays.stream(LayerRole.values()).map(LayerRole::directoryName).toList(),
        runtime.orElse(null),
        "");
  }

  LayersConfiguration withRuntime(RuntimeConfiguration changed) {
    return new LayersConfiguration(
        module,
        mainClass,
        optimizeFor,
        created,
        extraDirectory,
        directories,
        layers,
        changed,
        output);
  }

  static LayersConfiguration read(Path file) {
    try {
      return Json.MAPPER.readValue(Files.readAllBytes(file), LayersConfiguration.class);
    } catch (IOException e) {
      throw new SlimImageException(
          "'" + PROPERTY + "' [" + file + "] is no configuration of this plugin: " + e.getMessage(),
          e);
    }
  }

  /** Returns the file's text: one line of JSON, so that a Dockerfile can hold it. */
  String toLine() {
    try {
      return Json.MAPPER.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
