package io.slimimage.layer;

import java.util.Collection;
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

  /**
   * Sorts entries, and adds the directories that lead to them.
   *
   * @throws io.slimimage.SlimImageException if two have the same path, or one lies in a file
   */
  public static Layer of(LayerRole role, Collection<? extends LayerEntry> entries) {
    LayerTree tree = new LayerTree(role);
    tree.addAll(entries);
    return tree.toLayer();
  }
}
