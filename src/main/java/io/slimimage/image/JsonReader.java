package io.slimimage.image;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.slimimage.SlimImageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads JSON into {@link JsonObject}s, token by token: binding to classes would lose what these do
 * not know, and its start alone takes longer than everything else that a repeated build does.
 */
final class JsonReader {

  private static final JsonFactory FACTORY = new JsonFactory();

  private final String document;
  private final JsonParser parser;

  private JsonReader(String document, JsonParser parser) {
    this.document = document;
    this.parser = parser;
  }

  /**
   * Reads an object.
   *
   * @param document what it is, in messages, such as {@code configuration of an image}
   * @throws SlimImageException if the text is anything else
   */
  static JsonObject read(String document, String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      JsonReader reader = new JsonReader(document, parser);
      reader.expect(parser.nextToken() == JsonToken.START_OBJECT);
      JsonObject object = reader.object("");
      reader.expect(parser.nextToken() == null);
      return object;
    } catch (JsonProcessingException e) {
      throw malformed(document, e.getLocation(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonObject object(String path) throws IOException {
    JsonObject object = new JsonObject(document, path);
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      parser.nextToken();
      object.entries().put(field, value(object.pathOf(field)));
    }
    return object;
  }

  private List<Object> list(String path) throws IOException {
    List<Object> list = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      list.add(value(path));
    }
    return list;
  }

  private Object value(String path) throws IOException {
    JsonToken token = parser.currentToken();
    expect(token != null);
    return switch (token) {
      case START_OBJECT -> object(path);
      case START_ARRAY -> list(path);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(parser.getText());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw malformed(document, parser.currentLocation(), null);
    };
  }

  private void expect(boolean met) {
    if (!met) {
      throw malformed(document, parser.currentLocation(), null);
    }
  }

  private static SlimImageException malformed(
      String document, JsonLocation location, IOException cause) {
    String where =
        location == null
            ? ""
            : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    return new SlimImageException(
        SlimImageException.advise(
            "The " + document + " is no JSON object" + where, JsonObject.MAKE_AGAIN),
        cause);
  }
}
