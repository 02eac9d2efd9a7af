package io.slimimage.docker;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What an engine is asked to build from a context.
 *
 * @param tags names of the image, as an engine writes them
 * @param dockerfile the Dockerfile's path inside the context
 * @param target the stage to build, or null for the last one
 * @param buildArgs values of {@code ARG} instructions
 * @param labels labels to add to the image
 * @param network the network of {@code RUN} steps, such as {@code host}, or null for the engine's
 *     default
 * @param platform {@code os/arch[/variant]}, or null for the engine's own
 * @param noCache whether every step is run again
 * @param builder which builder is used
 */
public record BuildRequest(
    List<String> tags,
    String dockerfile,
    String target,
    Map<String, String> buildArgs,
    Map<String, String> labels,
    String network,
    String platform,
    boolean noCache,
    EngineBuilder builder) {

  /** Copies the collections; maps keep their order. */
  public BuildRequest {
    tags = List.copyOf(tags);
    Objects.requireNonNull(dockerfile, "dockerfile");
    buildArgs = Collections.unmodifiableMap(new LinkedHashMap<>(buildArgs));
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    Objects.requireNonNull(builder, "builder");
  }
}
