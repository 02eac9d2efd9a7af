package io.slimimage.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The fields of an image's configuration that say what the image is for and how a container of it
 * starts, in a form in which equal ones are equal texts. Other fields tell of the build, such as
 * when and in which container.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/config.md">OCI image
 *     configuration</a>
 */
final class ConfigFields {

  private final SortedMap<String, String> fields = new TreeMap<>();

  private ConfigFields() {}

  /**
   * Returns the fields that have a value, by their names. A field without a value is the same
   * whether it is null, empty or not there: builders differ, containers do not.
   */
  static SortedMap<String, String> of(JsonNode image) {
    ConfigFields fields = new ConfigFields();
    for (String name : new String[] {"os", "architecture", "variant"}) {
      fields.text(name, image.path(name));
    }
    JsonNode config = image.path("config");
    for (String name : new String[] {"User", "StopSignal"}) {
      fields.text(name, config.path(name));
    }
    // Both builders keep the order: variables of the base image, then those that were added.
    for (String name : new String[] {"Entrypoint", "Cmd", "Env"}) {
      fields.json(name, config.path(name));
    }
    for (String name : new String[] {"ExposedPorts", "Volumes"}) {
      fields.keys(name, config.path(name));
    }
    config
        .path("Labels")
        .properties()
        .forEach(label -> fields.put("Labels " + label.getKey(), label.getValue().toString()));
    fields.workingDirectory(config.path("WorkingDir").asText(""));
    fields.healthcheck(config.path("Healthcheck"));
    return fields.fields;
  }

  private void text(String name, JsonNode value) {
    if (!value.asText("").isEmpty()) {
      put(name, value.asText());
    }
  }

  private void json(String name, JsonNode value) {
    if (!value.isEmpty()) {
      put(name, value.toString());
    }
  }

  /** Sets are objects whose keys count, in no order. */
  private void keys(String name, JsonNode value) {
    TreeSet<String> keys = new TreeSet<>();
    value.fieldNames().forEachRemaining(keys::add);
    if (!keys.isEmpty()) {
      put(name, keys.toString());
    }
  }

  /** Without one, a container starts in the root. */
  private void workingDirectory(String path) {
    put("WorkingDir", path.isEmpty() ? "/" : path);
  }

  /**
   * Times and counts of 0 are the defaults. Once the check is off, those of the base image's check
   * mean nothing; only the classic builder keeps them.
   */
  private void healthcheck(JsonNode check) {
    JsonNode test = check.path("Test");
    json("Healthcheck Test", test);
    if (!test.path(0).asText().equals("NONE")) {
      check.properties().stream()
          .filter(field -> field.getValue().asLong() != 0)
          .forEach(field -> put("Healthcheck " + field.getKey(), field.getValue().toString()));
    }
  }

  private void put(String name, String value) {
    fields.put(name, value);
  }
}
