package io.slimimage.runtime;

import io.slimimage.SlimImageException;
import io.slimimage.blob.Digest;
import io.slimimage.blob.FieldLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is kept of a runtime layer for later builds.
 *
 * @param layer the layer's key
 * @param warnings what users are told of every time
 * @param reads what was asked of the system, as lines of fields
 */
record KnownRuntime(Digest layer, List<String> warnings, List<List<String>> reads) {

  KnownRuntime {
    Objects.requireNonNull(layer, "layer");
    warnings = List.copyOf(warnings);
    reads = List.copyOf(reads);
  }

  /**
   * Returns the text for a record.
   *
   * @param reads what was asked of the system, as a text
   */
  static String toText(Digest layer, List<String> warnings, String reads) {
    FieldLines lines = new FieldLines().add("layer", layer.toString());
    warnings.forEach(warning -> lines.add("warning", warning));
    return lines + reads;
  }

  /** Reads what {@link #toText} has returned; nothing if it is something else. */
  static Optional<KnownRuntime> parse(String text) {
    Digest layer = null;
    List<String> warnings = new ArrayList<>();
    List<List<String>> reads = new ArrayList<>();
    try {
      for (List<String> line : FieldLines.parse(text)) {
        switch (line.get(0)) {
          case "layer" -> layer = Digest.parse(line.get(1));
          case "warning" -> warnings.add(line.get(1));
          default -> reads.add(line);
        }
      }
    } catch (SlimImageException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
    return layer == null ? Optional.empty() : Optional.of(new KnownRuntime(layer, warnings, reads));
  }
}
