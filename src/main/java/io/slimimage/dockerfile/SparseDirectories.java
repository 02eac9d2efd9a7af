package io.slimimage.dockerfile;

import java.util.Map;
import java.util.Set;

/**
 * Directories of which only some paths are wanted: of a module that is not built, its POM.
 *
 * @param kept by directory (empty for the root), the paths below it that are wanted with all that
 *     is in them, relative to it
 */
record SparseDirectories(Map<String, Set<String>> kept) {

  enum Choice {
    KEEP,
    /** Not wanted itself, but something below is. */
    PASS,
    DROP
  }

  SparseDirectories {
    kept = Map.copyOf(kept);
  }

  /** Chooses by the nearest directory above the path that is listed. */
  Choice choose(String path) {
    for (String directory = parent(path); ; directory = parent(directory)) {
      Set<String> wanted = kept.get(directory);
      if (wanted != null) {
        return choose(wanted, directory.isEmpty() ? path : path.substring(directory.length() + 1));
      }
      if (directory.isEmpty()) {
        return Choice.KEEP;
      }
    }
  }

  private static Choice choose(Set<String> wanted, String path) {
    Choice choice = Choice.DROP;
    for (String one : wanted) {
      if (path.equals(one) || path.startsWith(one + "/")) {
        return Choice.KEEP;
      }
      if (one.startsWith(path + "/")) {
        choice = Choice.PASS;
      }
    }
    return choice;
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }
}
