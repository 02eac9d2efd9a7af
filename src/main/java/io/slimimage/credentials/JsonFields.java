package io.slimimage.credentials;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON object as Docker's tools read it: names of fields regardless of case, unknown and wrongly
 * typed fields as if they were not there.
 *
 * <p>Bound to no class, so that one odd entry does not cost the user all the others.
 */
final class JsonFields {

  private static final ObjectReader JSON = new ObjectMapper().reader();

  private final JsonNode node;

  private JsonFields(JsonNode node) {
    this.node = node;
  }

  /** Parses an object; no content at all is an empty one. */
  static JsonFields parse(byte[] json) throws MalformedJsonException {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new MalformedJsonException(e.getLocation() == null ? 1 : e.getLocation().getLineNr());
    } catch (IOException e) {
      throw new MalformedJsonException(1);
    }
    if (!root.isObject() && !root.isMissingNode() && !root.isNull()) {
      throw new MalformedJsonException(1);
    }
    return new JsonFields(root);
  }

  boolean isEmpty() {
    return node.isEmpty();
  }

  /** Returns the text of a field, the empty string where there is none. */
  String text(String name) {
    return field(name).filter(JsonNode::isTextual).map(JsonNode::textValue).orElse("");
  }

  /** Returns the texts of an object, in the file's order. */
  Map<String, String> texts(String name) {
    Map<String, String> result = new LinkedHashMap<>();
    field(name).ifPresent(it -> putTexts(it, result));
    return result;
  }

  /** Returns the objects of an object, in the file's order. */
  Map<String, JsonFields> objects(String name) {
    return field(name).map(it -> new JsonFields(it).objects()).orElse(Map.of());
  }

  /** Returns the fields that are objects themselves, in the file's order. */
  Map<String, JsonFields> objects() {
    Map<String, JsonFields> result = new LinkedHashMap<>();
    node.properties().stream()
        .filter(it -> it.getValue().isObject())
        .forEach(it -> result.put(it.getKey(), new JsonFields(it.getValue())));
    return result;
  }

  private static void putTexts(JsonNode object, Map<String, String> result) {
    object.properties().stream()
        .filter(it -> it.getValue().isTextual())
        .forEach(it -> result.put(it.getKey(), it.getValue().textValue()));
  }

  private Optional<JsonNode> field(String name) {
    if (node.has(name)) {
      return Optional.of(node.get(name));
    }
    return node.properties().stream()
        .filter(it -> it.getKey().equalsIgnoreCase(name))
        .<JsonNode>map(Map.Entry::getValue)
        .findFirst();
  }

  @Override
  public String toString() {
    return "JSON object";
  }

  /**
   * Text that is no JSON object. Knows the line alone: the parser's own message quotes the text,
   * which may be a secret.
   */
  static final class MalformedJsonException extends Exception {

    MalformedJsonException(int line) {
      super("not a JSON object, see line " + line);
    }
  }
}
