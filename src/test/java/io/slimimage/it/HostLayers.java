package io.slimimage.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.slimimage.docker.EngineLayer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The layers that the goal {@code layers} has written on this machine, beside those of images that
 * an engine has built from the same project.
 *
 * <p>For {@code verify.groovy}; a check that fails throws {@link AssertionError}.
 */
public final class HostLayers {

  private final Path output;

  private HostLayers(Path output) {
    this.output = output;
  }

  /**
   * Returns the layers of a sample.
   *
   * @param module the directory of the module whose layers they are
   */
  public static HostLayers of(File module) {
    return new HostLayers(module.toPath().resolve("target").resolve("slimimage"));
  }

  /**
   * Checks that the images have the same layers as each other, the runtime's among them, and in
   * each of them the same files as this machine has written: by path, type, mode and content.
   *
   * @param references the images, the one last that was built last
   */
  public void equalThoseOf(String... references) throws IOException {
    Map<String, String> roles = rolesOfLastImage();
    assertThat(roles).containsValue("runtime");
    try (Engine engine = Engine.ofEnvironment()) {
      for (String reference : references) {
        assertThat(withoutEmpty(engine.diffIds(reference)))
            .as("layers of %s", reference)
            .containsExactlyElementsOf(roles.keySet());
      }
      Map<String, LayerFiles> layers = new HashMap<>();
      for (SavedLayer layer : engine.save(references[references.length - 1]).layers()) {
        layers.put(layer.diffId(), LayerFiles.of(layer));
      }
      for (Map.Entry<String, String> role : roles.entrySet()) {
        LayerFiles here = LayerFiles.ofDirectory(output.resolve("layers").resolve(role.getValue()));
        assertThat(layers.get(role.getKey()).files())
            .as("files of the layer %s", role.getValue())
            .containsExactlyEntriesOf(here.files());
      }
    }
  }

  /** Returns the roles by diff id, in the order of the layers. */
  private Map<String, String> rolesOfLastImage() throws IOException {
    Map<String, String> roles = new LinkedHashMap<>();
    for (JsonNode layer :
        new ObjectMapper().readTree(output.resolve("image.json").toFile()).get("layers")) {
      roles.put(layer.get("diffId").asText(), layer.get("role").asText());
    }
    roles.remove(EngineLayer.EMPTY);
    return roles;
  }

  /** An empty directory makes an empty layer, which only some builders leave out. */
  private static List<String> withoutEmpty(List<String> diffIds) {
    return diffIds.stream().filter(diffId -> !diffId.equals(EngineLayer.EMPTY)).toList();
  }
}
