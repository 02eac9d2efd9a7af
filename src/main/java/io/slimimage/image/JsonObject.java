package io.slimimage.image;

import io.slimimage.SlimImageException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A JSON object that keeps what it came with: all fields, in their order, and numbers as they were
 * written. Values are texts, booleans, nulls, {@link JsonNumber}s, lists and objects.
 *
 * <p>Engines are written in Go, which takes the name of a field in any case and of several such
 * fields the last: so do {@link #get}, {@link #put} and {@link #remove}. Keys that are no names of
 * fields, such as those of labels, are to be had by {@link #entries}.
 */
final class JsonObject {

  /** What to do about JSON of others that is not what it should be. */
  static final String MAKE_AGAIN = "have what wrote it write it again";

  private final String document;
  private final String path;
  private final Map<String, Object> entries = new LinkedHashMap<>();

  /**
   * Creates an object without fields.
   *
   * @param document what it is part of, in messages
   * @param path where in there it is; empty for the whole
   */
  JsonObject(String document, String path) {
    this.document = document;
    this.path = path;
  }

  /** Creates an object without fields that is going to be written only. */
  JsonObject() {
    this("JSON text", "");
  }

  /** Returns the fields by their exact names; to be changed. */
  Map<String, Object> entries() {
    return entries;
  }

  /** Returns the value of a field, or null where there is none. */
  Object get(String field) {
    Object value = null;
    for (Map.Entry<String, Object> entry : entries.entrySet()) {
      if (entry.getKey().equalsIgnoreCase(field)) {
        value = entry.getValue();
      }
    }
    return value;
  }

  /** Sets a field, in its place where it is there already, else at the end. */
  void put(String field, Object value) {
    entries.keySet().removeIf(key -> key.equalsIgnoreCase(field) && !key.equals(field));
    entries.put(field, value);
  }

  /** Removes a field. */
  void remove(String field) {
    entries.keySet().removeIf(key -> key.equalsIgnoreCase(field));
  }

  /** Returns the text of a field, the empty one where there is none. */
  String text(String field) {
    Object value = get(field);
    return value == null ? "" : expect(String.class, "text", field, value);
  }

  /** Returns the object of a field, which is added where there is none. */
  JsonObject object(String field) {
    Object value = get(field);
    JsonObject object =
        value == null
            ? new JsonObject(document, pathOf(field))
            : expect(JsonObject.class, "object", field, value);
    put(field, object);
    return object;
  }

  /** Returns a copy of the list of a field, an empty one where there is none. */
  List<Object> list(String field) {
    Object value = get(field);
    return value == null
        ? new ArrayList<>()
        : new ArrayList<>(expect(List.class, "list", field, value));
  }

  /** Returns the texts of a field's list. */
  List<String> texts(String field) {
    return list(field).stream()
        .map(it -> expect(String.class, "list of texts", field, it))
        .toList();
  }

  /** Returns the objects of a field's list; a null is one without fields, as in Go. */
  List<JsonObject> objects(String field) {
    return list(field).stream()
        .map(it -> Objects.requireNonNullElseGet(it, () -> new JsonObject(document, pathOf(field))))
        .map(it -> expect(JsonObject.class, "list of objects", field, it))
        .toList();
  }

  private <T> T expect(Class<T> type, String expected, String field, Object value) {
    if (!type.isInstance(value)) {
      throw new SlimImageException(
          SlimImageException.advise(
              "[" + pathOf(field) + "] in the " + document + " is no " + expected, MAKE_AGAIN));
    }
    return type.cast(value);
  }

  /** Returns where a field is, such as {@code config.Env}. */
  String pathOf(String field) {
    return path.isEmpty() ? field : path + "." + field;
  }
}
