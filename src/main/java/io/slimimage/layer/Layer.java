package io.slimimage.layer;

import java.util.List;
import java.util.Objects;

/**
 * A layer of the image, before it is written.
 *
 * @param role what it holds
 * @param entries its entries: sorted by path, every parent directory listed before its children
 */
public record Layer(LayerRole role, List<LayerEntry> entries) {

  /** Copies the entries. */
  public Layer {
    Objects.requireNonNull(role, "role");
    entries = List.copyOf(entries);
  }
}
