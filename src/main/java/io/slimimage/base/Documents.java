package io.slimimage.base;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slimimage.SlimImageException;
import io.slimimage.blob.Digest;
import io.slimimage.image.Descriptor;
import io.slimimage.image.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the JSON documents of an image. Fields that it does not know are left alone. */
final class Documents {

  private final ObjectMapper mapper =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private final BaseFailures failures;

  Documents(BaseFailures failures) {
    this.failures = failures;
  }

  /** Parses a document. */
  JsonNode parse(byte[] bytes, String what) throws IOException {
    try {
      return mapper.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw failures.damaged(what + " is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** Parses a document that has to be an object. */
  JsonNode object(byte[] bytes, String what) throws IOException {
    JsonNode json = parse(bytes, what);
    if (!json.isObject()) {
      throw failures.damaged(what + " is no JSON object");
    }
    return json;
  }

  /** Checks what a document says of its own format, if it says anything. */
  void checkFormat(JsonNode document, DocumentKind kind, String what) {
    JsonNode version = document.path("schemaVersion");
    String mediaType = document.path("mediaType").asText();
    if (!version.isMissingNode() && version.asInt() != 2) {
      throw failures.unusable(
          "has the unknown schema version " + version + " in " + what,
          "have a newer tool write it, as OCI image or by Docker's schema 2");
    }
    if (!mediaType.isEmpty() && !kind.is(mediaType)) {
      throw failures.unusable(
          "has the unknown media type [" + mediaType + "] in " + what,
          "have it written as OCI image or by Docker's schema 2");
    }
  }

  /** Returns the elements of a list of objects. */
  List<JsonNode> objects(JsonNode list, String what) {
    List<JsonNode> objects = new ArrayList<>();
    if (!list.isArray()) {
      throw failures.damaged(what + " is no list");
    }
    for (JsonNode element : list) {
      if (!element.isObject()) {
        throw failures.damaged(what + " has an element that is no object");
      }
      objects.add(element);
    }
    return objects;
  }

  /** Returns the elements of a list of texts. */
  List<String> texts(JsonNode list, String what) {
    List<String> texts = new ArrayList<>();
    if (!list.isArray()) {
      throw failures.damaged(what + " is no list");
    }
    for (JsonNode element : list) {
      if (!element.isTextual()) {
        throw failures.damaged(what + " has an element that is no text");
      }
      texts.add(element.textValue());
    }
    return texts;
  }

  /** Returns what refers to a blob. */
  Descriptor descriptor(JsonNode json, String what) {
    JsonNode size = json.path("size");
    if (!size.isIntegralNumber() || !size.canConvertToLong() || size.longValue() < 0) {
      throw failures.damaged(what + " has no valid size");
    }
    return new Descriptor(
        json.path("mediaType").asText(), digest(json.path("digest"), what), size.longValue());
  }

  /** Returns a digest, whose algorithm has to be SHA-256 as everywhere in the field. */
  Digest digest(JsonNode json, String what) {
    try {
      Digest digest = Digest.parse(json.asText());
      if (digest.algorithm().equals("sha256")) {
        return digest;
      }
    } catch (SlimImageException e) {
      // Reported below, with where it is.
    }
    throw failures.damaged(what + " has the digest [" + json.asText() + "], which is no SHA-256");
  }

  /** Returns the platform in an index or a configuration, if it is said at all. */
  static Optional<Platform> platform(JsonNode json) {
    String os = json.path("os").asText();
    String architecture = json.path("architecture").asText();
    return os.isEmpty() || architecture.isEmpty()
        ? Optional.empty()
        : Optional.of(new Platform(os, architecture, json.path("variant").asText()));
  }
}
