package io.slimimage.registry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads JSON of others into maps, lists, texts, numbers and booleans; what is no JSON, not at all.
 */
final class Json {

  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  /** Returns the value, nothing where the bytes are no JSON. */
  static Optional<Object> value(byte[] bytes) {
    try (JsonParser parser = FACTORY.createParser(bytes)) {
      return parser.nextToken() == null ? Optional.empty() : Optional.ofNullable(value(parser));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Returns the fields of an object, none where the bytes are no such thing. */
  static Map<?, ?> object(byte[] bytes) {
    return value(bytes).orElse(Map.of()) instanceof Map<?, ?> map ? map : Map.of();
  }

  /** Returns the text of a field, the empty one where it is none. */
  static String text(Map<?, ?> object, String field) {
    return object.get(field) instanceof String text ? text : "";
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> list(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> null;
    };
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      object.put(field, value(parser));
    }
    return object;
  }

  private static List<Object> list(JsonParser parser) throws IOException {
    List<Object> list = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      list.add(value(parser));
    }
    return list;
  }
}
