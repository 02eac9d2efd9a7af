package io.slimimage.image;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What an image says about itself besides how it is started.
 *
 * @param created when it was made; an input, so that the same inputs give the same image
 * @param annotations of the manifest
 * @param builder what has made it, for the history, such as {@code slimimage-maven-plugin 0.1.0}
 */
public record ImageMetadata(Instant created, Map<String, String> annotations, String builder) {

  /** Sorts the annotations. */
  public ImageMetadata {
    Objects.requireNonNull(created, "created");
    annotations = Collections.unmodifiableMap(new TreeMap<>(annotations));
    Objects.requireNonNull(builder, "builder");
  }
}
