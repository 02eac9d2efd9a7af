package io.slimimage.dockerfile;

import io.slimimage.SlimImageException;
import io.slimimage.layer.LayerEntry;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Collects the entries of a context by path, with every directory above them, and counts them. */
final class ContextEntries {

  private static final int DIRECTORY_MODE = 0755;

  private final String prefix;
  private final SortedMap<String, LayerEntry> entries = new TreeMap<>();
  private final Map<String, ContextStatistics.Share> shares = new HashMap<>();

  /**
   * Starts with the directory that the project goes to.
   *
   * @param prefix the directory, empty for the root of the context
   */
  ContextEntries(String prefix) {
    this.prefix = prefix;
    directories(prefix);
  }

  /** Returns the path in the context of a path in the project. */
  String inContext(String path) {
    if (prefix.isEmpty() || path.isEmpty()) {
      return prefix + path;
    }
    return prefix + "/" + path;
  }

  /** Adds a directory of the project. */
  void directory(String path) {
    directories(inContext(path));
  }

  /**
   * Adds anything but a directory.
   *
   * @param entry the entry, with its path in the context
   * @param counted the path that it is counted under
   * @param bytes the size
   */
  void add(LayerEntry entry, String counted, long bytes) {
    int slash = entry.path().lastIndexOf('/');
    directories(slash < 0 ? "" : entry.path().substring(0, slash));
    if (entries.put(entry.path(), entry) != null) {
      throw new SlimImageException(
          SlimImageException.advise(
              "[" + entry.path() + "] would be in the build context twice",
              "rename it in the project, or exclude it in .dockerignore"));
    }
    int end = counted.indexOf('/');
    shares.merge(
        end < 0 ? "." : counted.substring(0, end),
        new ContextStatistics.Share(end < 0 ? "." : counted.substring(0, end), 1, bytes),
        (a, b) ->
            new ContextStatistics.Share(a.name(), a.files() + b.files(), a.bytes() + b.bytes()));
  }

  private void directories(String path) {
    for (String directory = path; !directory.isEmpty(); ) {
      entries.putIfAbsent(directory, new LayerEntry.Directory(directory, DIRECTORY_MODE));
      int slash = directory.lastIndexOf('/');
      directory = slash < 0 ? "" : directory.substring(0, slash);
    }
  }

  /** Returns whether a path of the project is a file or link here, or a directory that has one. */
  boolean holds(String path) {
    String sought = inContext(path);
    LayerEntry entry = entries.get(sought);
    if (entry != null && !(entry instanceof LayerEntry.Directory)) {
      return true;
    }
    String below = sought.isEmpty() ? "" : sought + "/";
    return entries.tailMap(below).entrySet().stream()
        .takeWhile(e -> e.getKey().startsWith(below))
        .anyMatch(e -> !(e.getValue() instanceof LayerEntry.Directory));
  }

  /** Returns the entries, in the order of their paths. */
  Collection<LayerEntry> inOrder() {
    return Collections.unmodifiableCollection(entries.values());
  }

  ContextStatistics statistics(int visited, int pruned) {
    List<ContextStatistics.Share> largest =
        shares.values().stream()
            .sorted(
                Comparator.comparingLong(ContextStatistics.Share::bytes)
                    .reversed()
                    .thenComparing(ContextStatistics.Share::name))
            .toList();
    return new ContextStatistics(
        largest.stream().mapToLong(ContextStatistics.Share::files).sum(),
        largest.stream().mapToLong(ContextStatistics.Share::bytes).sum(),
        visited,
        pruned,
        largest);
  }
}
