package io.slimimage.maven;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.slimimage.ConfigurationException;
import io.slimimage.SlimImageException;
import io.slimimage.blob.Digest;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code image.json} tells of an image that was built, and the same with what was pushed of
 * it. Read and written token by token, since binding it to classes takes longer than the rest of a
 * push that has nothing to do.
 */
final class ImageJson {

  private static final JsonFactory FACTORY = new JsonFactory();
  static final String DIGEST = "digest";
  static final String LAYERS = "layers";
  static final String PLATFORMS = "platforms";

  private static final String PUSHED = "pushed";
  private static final String SENT = "sent";

  private final String text;
  private final Map<String, String> fields = new HashMap<>();
  private final List<String> tags = new ArrayList<>();
  private final Set<Digest> base = new LinkedHashSet<>();

  private ImageJson(String text) {
    this.text = text;
  }

  /**
   * Reads it.
   *
   * @throws ConfigurationException if it is not what a build writes
   */
  static ImageJson parse(String text) throws IOException {
    ImageJson json = new ImageJson(text);
    try (JsonParser parser = FACTORY.createParser(text)) {
      json.read(parser);
    } catch (JsonProcessingException e) {
      throw new ConfigurationException(
          SlimImageException.advise(
              "The file [image.json] of the image is no JSON any more", "build again"));
    }
    return json;
  }

  private void read(JsonParser parser) throws IOException {
    parser.nextToken();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      if (value == JsonToken.VALUE_STRING) {
        fields.put(field, parser.getText());
      } else if (field.equals("tags") && value == JsonToken.START_ARRAY) {
        while (parser.nextToken() == JsonToken.VALUE_STRING) {
          tags.add(parser.getText());
        }
      } else if (field.equals(LAYERS) && value == JsonToken.START_ARRAY) {
        readLayers(parser);
      } else if (field.equals(PLATFORMS) && value == JsonToken.START_ARRAY) {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          readPlatform(parser);
        }
      } else {
        parser.skipChildren();
      }
    }
  }

  private void readPlatform(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean layers = parser.currentName().equals(LAYERS);
      if (parser.nextToken() == JsonToken.START_ARRAY && layers) {
        readLayers(parser);
      } else {
        parser.skipChildren();
      }
    }
  }

  private void readLayers(JsonParser parser) throws IOException {
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      readLayer(parser);
    }
  }

  private void readLayer(JsonParser parser) throws IOException {
    Map<String, String> layer = new HashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      if (parser.nextToken() == JsonToken.VALUE_STRING) {
        layer.put(field, parser.getText());
      } else {
        parser.skipChildren();
      }
    }
    if (BuildResult.BASE.equals(layer.get("role")) && layer.containsKey(DIGEST)) {
      base.add(Digest.parse(layer.get(DIGEST)));
    }
  }

  /** Returns the text of a field at the top, the empty one where there is none. */
  String get(String field) {
    return fields.getOrDefault(field, "");
  }

  /** Returns all names of the image, sorted. */
  List<String> tags() {
    return List.copyOf(tags);
  }

  /** Returns the digests of the base image's layers, as far as they are known. */
  Set<Digest> baseLayers() {
    return Set.copyOf(base);
  }

  /** Returns whether the image lies in a layout, and no engine has made it. */
  boolean isEmbedded() {
    return get("engine").equals("embedded");
  }

  /** Returns what writes {@code image.json}, a line for each value. */
  static JsonGenerator generator(Writer out) throws IOException {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    return FACTORY
        .createGenerator(out)
        .setPrettyPrinter(
            new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines));
  }

  /** Returns the text with what was pushed, instead of what an earlier push has added. */
  String withPushed(List<PushResult> results) throws IOException {
    StringWriter out = new StringWriter();
    try (JsonParser parser = FACTORY.createParser(text);
        JsonGenerator json = generator(out)) {
      parser.nextToken();
      json.writeStartObject();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        parser.nextToken();
        if (field.equals(PUSHED) || field.equals(DIGEST)) {
          parser.skipChildren();
        } else {
          if (field.equals("target")) {
            json.writeStringField(DIGEST, results.get(0).digest());
          }
          copyField(field, parser, json, results);
        }
      }
      writePushed(json, results);
      json.writeEndObject();
    }
    return out + "\n";
  }

  /** Copies a field of the image, or of one of its platforms. */
  private static void copyField(
      String field, JsonParser parser, JsonGenerator json, List<PushResult> results)
      throws IOException {
    switch (field) {
      case LAYERS -> copyLayers(parser, json, results);
      case PLATFORMS -> copyPlatforms(parser, json, results);
      default -> {
        json.writeFieldName(field);
        json.copyCurrentStructure(parser);
      }
    }
  }

  private static void copyPlatforms(JsonParser parser, JsonGenerator json, List<PushResult> results)
      throws IOException {
    json.writeArrayFieldStart(PLATFORMS);
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      json.writeStartObject();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        parser.nextToken();
        copyField(field, parser, json, results);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void copyLayers(JsonParser parser, JsonGenerator json, List<PushResult> results)
      throws IOException {
    json.writeArrayFieldStart(LAYERS);
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      List<String> names = new ArrayList<>();
      json.writeStartObject();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        parser.nextToken();
        if (field.equals(DIGEST) || field.equals("diffId")) {
          names.add(parser.getText());
        }
        if (!field.equals(SENT)) {
          json.writeFieldName(field);
          json.copyCurrentStructure(parser);
        }
      }
      Optional<Boolean> sent =
          results.stream()
              .flatMap(result -> result.sent(names).stream())
              .reduce(Boolean::logicalOr);
      if (sent.isPresent()) {
        json.writeBooleanField(SENT, sent.get());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writePushed(JsonGenerator json, List<PushResult> results) throws IOException {
    json.writeArrayFieldStart(PUSHED);
    for (PushResult result : results) {
      json.writeStartObject();
      json.writeStringField("reference", result.reference());
      json.writeArrayFieldStart("tags");
      for (String tag : result.tags()) {
        json.writeString(tag);
      }
      json.writeEndArray();
      if (result.bytesSent().isPresent()) {
        json.writeNumberField("bytesSent", result.bytesSent().getAsLong());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
