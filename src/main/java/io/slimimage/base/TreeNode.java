package io.slimimage.base;

import java.util.Map;
import java.util.TreeMap;

/** What a path of a file system leads to. */
sealed interface TreeNode {

  /** Returns the number of the layer that it is from, the lowest layer's is 0. */
  int layer();

  /** A directory; changes while layers are applied. */
  final class Directory implements TreeNode {

    private final Directory parent;
    private final String name;
    private final Map<String, TreeNode> children = new TreeMap<>();
    private int layer;
    private int mode;

    /**
     * Creates an empty directory.
     *
     * @param parent what it is in; null for the root
     */
    Directory(Directory parent, String name, int layer, int mode) {
      this.parent = parent;
      this.name = name;
      set(layer, mode);
    }

    /** Returns the path of something in this directory, without a slash in front. */
    String path(String child) {
      StringBuilder path = new StringBuilder(child);
      for (Directory at = this; at.parent != null; at = at.parent) {
        path.insert(0, '/').insert(0, at.name);
      }
      return path.toString();
    }

    @Override
    public int layer() {
      return layer;
    }

    int mode() {
      return mode;
    }

    /** Takes what a higher layer says about the directory itself. */
    void set(int newLayer, int newMode) {
      layer = newLayer;
      mode = newMode;
    }

    Map<String, TreeNode> children() {
      return children;
    }
  }

  /**
   * A regular file.
   *
   * @param content where its bytes are; a hard link has the same
   */
  record File(int layer, Content content) implements TreeNode {}

  /** A symbolic link. */
  record Symlink(int layer, String target) implements TreeNode {}

  /** A device, pipe or socket: it hides what is below it, and is not shown itself. */
  record Special(int layer) implements TreeNode {}

  /**
   * The bytes of a file.
   *
   * @param layer the number of the layer that has them
   * @param entry the number of the entry there, from 0
   * @param mode the permission bits
   * @param size in bytes
   */
  record Content(int layer, int entry, int mode, long size) {}
}
