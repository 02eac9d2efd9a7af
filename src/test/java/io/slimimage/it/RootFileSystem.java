package io.slimimage.it;

import io.slimimage.it.SavedEntry.Type;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The layers of an image over each other, as a container sees them.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/layer.md">OCI image layer
 *     filesystem changeset</a>
 */
final class RootFileSystem {

  private static final String WHITEOUT = ".wh.";
  private static final String WHITEOUT_OF_ENGINE = ".wh..wh.";
  private static final String OPAQUE = ".wh..wh..opq";

  private final TreeMap<String, SavedEntry> files = new TreeMap<>();

  private RootFileSystem() {}

  /**
   * Lays layers over each other. A hard link becomes the file that it is a name of. A directory
   * that no layer has, although something is in it, stays out: every engine makes another of it.
   *
   * @param layers the lowest first
   * @return what is there, by path
   * @throws IOException if a layer makes no sense
   */
  static SortedMap<String, SavedEntry> of(List<SavedLayer> layers) throws IOException {
    RootFileSystem root = new RootFileSystem();
    for (SavedLayer layer : layers) {
      // Wherever in its layer a whiteout stands, it hides only what the layers below have.
      layer.entries().stream().map(SavedEntry::path).forEach(root::hide);
      Set<String> own = new HashSet<>();
      for (SavedEntry entry : layer.entries()) {
        if (!fileName(entry.path()).startsWith(WHITEOUT)) {
          root.put(entry, own);
          own.add(entry.path());
        }
      }
    }
    return root.files;
  }

  private void hide(String path) {
    String name = fileName(path);
    String directory = path.substring(0, path.length() - name.length());
    if (name.equals(OPAQUE)) {
      removeBelow(directory);
    } else if (name.startsWith(WHITEOUT) && !name.startsWith(WHITEOUT_OF_ENGINE)) {
      String hidden = directory + name.substring(WHITEOUT.length());
      files.remove(hidden);
      removeBelow(hidden + "/");
    }
  }

  private void put(SavedEntry entry, Set<String> own) throws IOException {
    String path = entry.path();
    for (int i = path.indexOf('/'); i >= 0; i = path.indexOf('/', i + 1)) {
      makeWay(path.substring(0, i), path, own);
    }
    SavedEntry before = files.get(path);
    if (before != null && !(before.isDirectory() && entry.isDirectory())) {
      removeBelow(path + "/");
    }
    files.put(path, entry.type() == Type.HARD_LINK ? linked(entry) : entry);
  }

  /**
   * What a layer has in a directory hides a lower layer's file or link in the directory's place.
   */
  private void makeWay(String parent, String path, Set<String> own) throws IOException {
    SavedEntry there = files.get(parent);
    if (there != null && !there.isDirectory()) {
      if (own.contains(parent)) {
        throw new IOException("[" + path + "] is in a directory that is a " + there.description());
      }
      files.remove(parent);
    }
  }

  private SavedEntry linked(SavedEntry link) throws IOException {
    SavedEntry file = files.get(link.content().value());
    if (file == null || file.isDirectory()) {
      throw new IOException(
          "[" + link.path() + "] is a name of [" + link.content().value() + "], which is no file");
    }
    return file.at(link.path());
  }

  /** Removes all that begins with the name of a directory and a slash, or everything. */
  private void removeBelow(String directory) {
    if (directory.isEmpty()) {
      files.clear();
    } else {
      files.subMap(directory, directory + Character.MAX_VALUE).clear();
    }
  }

  private static String fileName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
