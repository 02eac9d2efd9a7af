package io.slimimage.docker;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Which image an engine has under a name.
 *
 * @param id the full id, {@code sha256:…}
 * @param tags the names that the engine has for it
 * @param diffIds the digests of its uncompressed layers, the base first
 */
public record KnownImage(String id, List<String> tags, List<String> diffIds) {

  /** Copies the lists. */
  public KnownImage {
    tags = List.copyOf(tags);
    diffIds = List.copyOf(diffIds);
  }

  /**
   * Reads an answer of the engine. Not by docker-java's class for it, which makes a build wait 0.2
   * s for what that needs.
   */
  static KnownImage of(JsonNode answer) {
    return new KnownImage(
        answer.path("Id").asText(),
        texts(answer.path("RepoTags")),
        texts(answer.path("RootFS").path("Layers")));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
