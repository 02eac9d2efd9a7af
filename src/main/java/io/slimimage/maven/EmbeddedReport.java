package io.slimimage.maven;

import com.fasterxml.jackson.core.JsonGenerator;
import io.slimimage.BuildLog;
import io.slimimage.image.BuiltLayer;
import io.slimimage.image.ImageLayer;
import io.slimimage.image.ImageReference;
import io.slimimage.layer.ApplicationLayers.Original;
import io.slimimage.layer.LayerRole;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells what a build by the embedded engine has made: to people in a few lines, to tools in JSON.
 */
final class EmbeddedReport {

  private EmbeddedReport() {}

  /** Returns {@code image.json}. */
  static String json(EmbeddedResult result) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = ImageJson.generator(text)) {
      json.writeStartObject();
      json.writeStringField("reference", result.reference());
      json.writeArrayFieldStart("tags");
      for (String tag :
          result.image().references().stream().map(ImageReference::familiar).sorted().toList()) {
        json.writeString(tag);
      }
      json.writeEndArray();
      json.writeStringField("id", result.image().id().toString());
      json.writeStringField("digest", result.image().digest().toString());
      json.writeStringField("target", "runtime");
      json.writeStringField("engine", "embedded");
      json.writeStringField("platform", result.image().platform().toString());
      json.writeStringField("baseImage", result.baseImage());
      json.writeNumberField("pullSize", result.pullSize());
      layers(json, result);
      if (result.runtime().isPresent()) {
        json.writeFieldName("runtime");
        json.writeRawValue(result.runtime().get().toLine());
      }
      originals(json, result.originals());
      json.writeObjectFieldStart("build");
      json.writeNumberField("milliseconds", result.total().toMillis());
      json.writeNumberField("bytesLoaded", result.written().loaded().bytes());
      json.writeEndObject();
      json.writeEndObject();
    }
    return text + "\n";
  }

  private static void layers(JsonGenerator json, EmbeddedResult result) throws IOException {
    json.writeArrayFieldStart("layers");
    List<ImageLayer> all = result.image().layers();
    int base = all.size() - result.layers().size();
    for (ImageLayer layer : all.subList(0, base)) {
      json.writeStartObject();
      json.writeStringField("role", BuildResult.BASE);
      blob(json, layer);
      json.writeEndObject();
    }
    for (BuiltLayer layer : result.layers()) {
      json.writeStartObject();
      json.writeStringField("role", layer.role().directoryName());
      blob(json, layer.layer());
      json.writeNumberField("size", layer.bytes());
      json.writeNumberField("files", layer.files());
      json.writeBooleanField("cached", layer.cached());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void blob(JsonGenerator json, ImageLayer layer) throws IOException {
    json.writeStringField("diffId", layer.diffId().toString());
    json.writeStringField("digest", layer.descriptor().digest().toString());
    json.writeStringField("mediaType", layer.descriptor().mediaType());
    json.writeNumberField("pullSize", layer.descriptor().size());
  }

  private static void originals(JsonGenerator json, List<Original> originals) throws IOException {
    json.writeArrayFieldStart("libraries");
    for (Original original : originals) {
      json.writeStartObject();
      json.writeStringField("path", "/" + original.path());
      json.writeStringField("sha1", original.checksums().sha1());
      json.writeStringField("sha256", original.checksums().sha256());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** Tells people. */
  static void log(EmbeddedResult result, BuildLog log) {
    log.info("");
    log.info("Built " + result.reference() + " for " + result.image().platform());
    log.info("  digest        " + result.image().digest());
    log.info("  id            " + result.image().id());
    log.info(String.format(Locale.ROOT, "  %-22s %10s  %10s", "", "to pull", "unpacked"));
    long ours =
        result.layers().stream().mapToLong(layer -> layer.layer().descriptor().size()).sum();
    if (result.image().layers().size() > result.layers().size()) {
      log.info(line("base", result.pullSize() - ours, "", "  " + result.baseImage()));
    }
    for (BuiltLayer layer : result.layers()) {
      String runtime =
          layer.role() == LayerRole.RUNTIME
              ? result.runtime().map(report -> "  " + report.summary()).orElse("")
              : "";
      log.info(
          line(
              layer.role().directoryName(),
              layer.layer().descriptor().size(),
              Sizes.megabytes(layer.bytes()),
              runtime));
    }
    log.info(line("total", result.pullSize(), "", ""));
    log.info("  OCI layout    " + result.written().layout());
    result.written().archive().ifPresent(archive -> log.info("  archive       " + archive));
    result
        .written()
        .engine()
        .ifPresent(
            engine ->
                log.info(
                    "  loaded into   "
                        + engine
                        + ", "
                        + Sizes.megabytes(result.written().loaded().bytes())
                        + " sent"));
    run(result).ifPresent(run -> log.info("  run it with   " + run));
    log.info(String.format(Locale.ROOT, "  %.1f s", result.total().toMillis() / 1e3));
  }

  /** Returns how to start a container; of a layout alone, no engine can without other tools. */
  private static Optional<String> run(EmbeddedResult result) {
    String run = "docker run --rm " + PortOptions.of(result.ports()) + result.reference();
    if (result.written().engine().isPresent()) {
      return Optional.of(run);
    }
    return result
        .written()
        .archive()
        .map(archive -> "docker load -i " + quoted(archive) + " && " + run);
  }

  /** In double quotes, which all shells know. */
  private static String quoted(Path path) {
    return path.toString().contains(" ") ? '"' + path.toString() + '"' : path.toString();
  }

  private static String line(String what, long pull, String unpacked, String note) {
    return String.format(
            Locale.ROOT, "  %-22s %10s  %10s%s", what, Sizes.megabytes(pull), unpacked, note)
        .stripTrailing();
  }
}
