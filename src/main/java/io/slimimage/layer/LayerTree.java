package io.slimimage.layer;

import io.slimimage.SlimImageException;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Collects the entries of one layer: sorts them and adds the directories that lead to them. */
final class LayerTree {

  private static final int DIRECTORY_MODE = 0755;

  private final LayerRole role;
  private final SortedMap<String, LayerEntry> entries = new TreeMap<>();

  LayerTree(LayerRole role) {
    this.role = role;
  }

  void addAll(Collection<? extends LayerEntry> added) {
    added.forEach(this::add);
  }

  void add(LayerEntry entry) {
    if (entries.putIfAbsent(entry.path(), entry) != null) {
      throw new SlimImageException(
          SlimImageException.advise(
              "The layer [" + role.directoryName() + "] has [/" + entry.path() + "] twice",
              "remove one of the two"));
    }
  }

  /** A path sorts after its own prefixes, so that parents come before children. */
  Layer toLayer() {
    for (String path : List.copyOf(entries.keySet())) {
      for (int at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
        String parent = path.substring(0, at);
        LayerEntry there =
            entries.computeIfAbsent(parent, p -> new LayerEntry.Directory(p, DIRECTORY_MODE));
        if (!(there instanceof LayerEntry.Directory)) {
          throw new SlimImageException(
              SlimImageException.advise(
                  "[/" + path + "] lies in [/" + parent + "], which is no directory",
                  "rename one of them"));
        }
      }
    }
    return new Layer(role, List.copyOf(entries.values()));
  }
}
