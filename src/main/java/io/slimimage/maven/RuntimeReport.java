package io.slimimage.maven;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slimimage.SlimImageException;
import io.slimimage.dockerfile.DockerfileWriter;
import io.slimimage.modules.Jdk;
import io.slimimage.modules.ModuleUse;
import io.slimimage.runtime.SlimRuntime;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * What a linked runtime is made of and why, as {@code image.json} has it.
 *
 * @param json an object with the JDK, the features, each module with what needs it, and warnings
 */
record RuntimeReport(JsonNode json) {

  /** The file beside the layers. */
  static final String FILE = DockerfileWriter.REPORT_FILE;

  /** What the line begins with that tells the host of it, in the output of the builder stage. */
  static final String MARK = "slimimage runtime: ";

  private static final ObjectMapper JSON = new ObjectMapper();

  RuntimeReport {
    Objects.requireNonNull(json, "json");
  }

  /**
   * Describes a runtime.
   *
   * @param warnings what the user has to know of it
   */
  static RuntimeReport of(Jdk jdk, SlimRuntime runtime, List<String> warnings) {
    ObjectNode json = JSON.createObjectNode();
    json.put("jdk", jdk.release().getOrDefault("JAVA_RUNTIME_VERSION", "" + jdk.feature()));
    json.put("vendor", jdk.release().getOrDefault("IMPLEMENTOR", ""));
    ArrayNode features = json.putArray("features");
    runtime.modules().features().stream().map(Enum::name).sorted().forEach(features::add);
    ArrayNode modules = json.putArray("modules");
    for (ModuleUse use : runtime.modules().uses()) {
      ObjectNode node = modules.addObject();
      node.put("module", use.module());
      node.put("reason", use.reason());
      if (!use.className().isEmpty()) {
        node.put("class", use.className());
      }
      if (!use.jar().isEmpty()) {
        node.put("jar", use.jar());
      }
    }
    ArrayNode notes = json.putArray("warnings");
    warnings.forEach(notes::add);
    return new RuntimeReport(json);
  }

  /** Returns the report that a line of the builder stage tells of, or nothing if it has none. */
  static Optional<RuntimeReport> in(String line) {
    int mark = line.indexOf(MARK);
    if (mark < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(parse(line.substring(mark + MARK.length())));
    } catch (SlimImageException e) {
      // Cut off by the engine, or the application's tests print the like.
      return Optional.empty();
    }
  }

  /**
   * Reads what {@link #toLine()} has returned.
   *
   * @throws SlimImageException if it is something else
   */
  static RuntimeReport parse(String line) {
    try {
      JsonNode json = JSON.readTree(line);
      if (json.path("modules").isArray()) {
        return new RuntimeReport(json);
      }
      throw new SlimImageException("[" + FILE + "] has no list of modules");
    } catch (JsonProcessingException e) {
      throw new SlimImageException("[" + FILE + "] is no JSON", e);
    }
  }

  /**
   * Reads the report from an archive of an image that has nothing else.
   *
   * @throws IOException if it is not there
   */
  static String readTar(InputStream archive) throws IOException {
    TarArchiveInputStream tar = new TarArchiveInputStream(archive);
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      if (entry.getName().equals(FILE)) {
        return new String(tar.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
    throw new FileNotFoundException(FILE);
  }

  /** Returns the runtime in a few words. */
  String summary() {
    int modules = json.path("modules").size();
    return "Java "
        + json.path("jdk").asText()
        + ", "
        + modules
        + (modules == 1 ? " module" : " modules");
  }

  /** Returns what the user has to know, whoever has linked the runtime and whenever. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    json.path("warnings").forEach(each -> warnings.add(each.asText()));
    return warnings;
  }

  /** Returns the report on one line. */
  String toLine() {
    return json.toString();
  }
}
