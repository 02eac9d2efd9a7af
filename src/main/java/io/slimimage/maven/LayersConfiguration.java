package io.slimimage.maven;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.slimimage.SlimImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  LayersConfiguration {
    directories = Map.copyOf(directories);
    layers = List.copyOf(layers);
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
      return JSON.readValue(Files.readAllBytes(file), LayersConfiguration.class);
    } catch (IOException e) {
      throw new SlimImageException(
          "'" + PROPERTY + "' [" + file + "] is no configuration of this plugin: " + e.getMessage(),
          e);
    }
  }

  /** Returns the file's text: one line of JSON, so that a Dockerfile can hold it. */
  String toLine() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
