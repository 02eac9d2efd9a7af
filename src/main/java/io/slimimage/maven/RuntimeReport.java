package io.slimimage.maven;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slimimage.SlimImageException;
import io.slimimage.dockerfile.DockerfileWriter;
import io.slimimage.modules.Jdk;
import io.slimimage.modules.ModuleSet;
import io.slimimage.modules.ModuleUse;
import io.slimimage.runtime.RuntimePlan;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
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
 * @param jdk the version of the JDK
 * @param vendor who made it; empty where it does not tell
 * @param features what else of the runtime was needed
 * @param modules each module with what needs it
 * @param warnings what the user has to know, whoever has linked the runtime and whenever
 */
record RuntimeReport(
    String jdk,
    String vendor,
    List<String> features,
    List<ModuleUse> modules,
    List<String> warnings) {

  /** The file beside the layers. */
  static final String FILE = DockerfileWriter.REPORT_FILE;

  /** What the line begins with that tells the host of it, in the output of the builder stage. */
  static final String MARK = "slimimage runtime: ";

  RuntimeReport {
    Objects.requireNonNull(jdk, "jdk");
    Objects.requireNonNull(vendor, "vendor");
    features = List.copyOf(features);
    modules = List.copyOf(modules);
    warnings = List.copyOf(warnings);
  }

  /**
   * Describes the runtime of a plan; it takes as long as the key of its layer, if nobody has asked
   * for that before.
   */
  static RuntimeReport of(RuntimePlan plan) throws IOException {
    return of(plan.jdk(), plan.modules(), plan.warnings());
  }

  /**
   * Describes a runtime.
   *
   * @param warnings what the user has to know of it
   */
  static RuntimeReport of(Jdk jdk, ModuleSet modules, List<String> warnings) {
    return new RuntimeReport(
        jdk.release().getOrDefault("JAVA_RUNTIME_VERSION", "" + jdk.feature()),
        jdk.release().getOrDefault("IMPLEMENTOR", ""),
        modules.features().stream().map(Enum::name).sorted().toList(),
        modules.uses(),
        warnings);
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
      JsonNode json = new ObjectMapper().readTree(line);
      if (!json.path("modules").isArray()) {
        throw new SlimImageException("[" + FILE + "] has no list of modules");
      }
      List<ModuleUse> modules = new ArrayList<>();
      for (JsonNode each : json.path("modules")) {
        modules.add(
            new ModuleUse(
                each.path("module").asText(),
                each.path("reason").asText(),
                each.path("class").asText(),
                each.path("jar").asText()));
      }
      return new RuntimeReport(
          json.path("jdk").asText(),
          json.path("vendor").asText(),
          texts(json.path("features")),
          modules,
          texts(json.path("warnings")));
    } catch (JsonProcessingException e) {
      throw new SlimImageException("[" + FILE + "] is no JSON", e);
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
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
    return "Java " + jdk + ", " + modules.size() + (modules.size() == 1 ? " module" : " modules");
  }

  /**
   * Returns the report on one line, as JSON. Nothing is bound to classes for it, which would take
   * long where it is done once.
   */
  String toLine() {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("jdk", jdk);
      json.writeStringField("vendor", vendor);
      write(json, "features", features);
      json.writeArrayFieldStart("modules");
      for (ModuleUse use : modules) {
        json.writeStartObject();
        json.writeStringField("module", use.module());
        json.writeStringField("reason", use.reason());
        if (!use.className().isEmpty()) {
          json.writeStringField("class", use.className());
        }
        if (!use.jar().isEmpty()) {
          json.writeStringField("jar", use.jar());
        }
        json.writeEndObject();
      }
      json.writeEndArray();
      write(json, "warnings", warnings);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return line.toString();
  }

  private static void write(JsonGenerator json, String name, List<String> texts)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  /** Returns the report as a part of a larger document. */
  JsonNode json() {
    try {
      return new ObjectMapper().readTree(toLine());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
