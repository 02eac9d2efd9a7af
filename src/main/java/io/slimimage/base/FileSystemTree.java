package io.slimimage.base;

import io.slimimage.base.TreeNode.Content;
import io.slimimage.base.TreeNode.Directory;
import io.slimimage.base.TreeNode.File;
import io.slimimage.base.TreeNode.Special;
import io.slimimage.base.TreeNode.Symlink;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A file system to which the layers of an image are applied, as an engine does when it unpacks
 * them: by headers only, without contents. What no engine can unpack is an error.
 *
 * <p>A layer that has something behind a link of a lower one is unpacked by containerd to where the
 * link leads, while Docker and Podman replace the link by a directory or refuse the layer. It is
 * containerd's way here, which is the one that such a layer was made for.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/layer.md">OCI image layer
 *     filesystem changeset</a>
 */
final class FileSystemTree {

  private static final String WHITEOUT = ".wh.";
  private static final String OPAQUE = ".wh..wh..opq";

  /** What the storage driver {@code aufs} kept beside the files. */
  private static final String META = ".wh..wh.";

  /** As Linux does, which gives up then. */
  private static final int MOST_LINKS = 40;

  /** More than a path can have on Linux that has a name of usual length in each part. */
  private static final int MOST_DEPTH = 1024;

  private static final int IMPLICIT = 0755;

  /** What a node takes in memory besides its name, about, and what all may take, in bytes. */
  private static final int NODE = 120;

  private static final long MOST_MEMORY = 160L << 20;

  private final BaseFailures failures;
  private final Directory root = new Directory(null, "", 0, IMPLICIT);
  private long memory;

  FileSystemTree(BaseFailures failures) {
    this.failures = failures;
  }

  Directory root() {
    return root;
  }

  /** The headers of a layer. */
  @FunctionalInterface
  interface Headers {
    /** Returns the next one; null at the end. */
    TarHeader next() throws IOException;
  }

  /**
   * Applies a layer over those below it.
   *
   * @param layer its number
   */
  void apply(int layer, Headers headers) throws IOException {
    int number = 0;
    for (TarHeader header = headers.next(); header != null; header = headers.next()) {
      List<String> path = parts(layer, header.path());
      if (path.isEmpty()) {
        root.set(layer, header.mode());
      } else {
        apply(layer, number, header, path);
      }
      number++;
    }
  }

  private List<String> parts(int layer, String path) {
    return TarEntries.parts(path, BaseLayers.name(layer), failures);
  }

  private void apply(int layer, int number, TarHeader header, List<String> path) {
    List<String> parent = path.subList(0, path.size() - 1);
    String name = path.get(path.size() - 1);
    if (name.startsWith(WHITEOUT)) {
      Directory directory = name.startsWith(META) && !name.equals(OPAQUE) ? null : find(parent);
      if (directory != null) {
        whiteOut(directory, name, layer);
      }
    } else if (parent.stream().noneMatch(part -> part.startsWith(META))) {
      Directory directory = make(parent, layer);
      TreeNode node =
          switch (header.kind()) {
            case DIRECTORY -> new Directory(directory, name, layer, header.mode());
            case FILE -> new File(layer, new Content(layer, number, header.mode(), header.size()));
            case SYMLINK -> new Symlink(layer, header.target());
            case HARD_LINK -> hardLink(layer, header);
            case SPECIAL -> new Special(layer);
            case NOTHING -> null;
          };
      if (node != null) {
        put(directory, name, node);
      }
    }
  }

  private TreeNode hardLink(int layer, TarHeader header) {
    List<String> target = parts(layer, header.target());
    Directory parent = target.isEmpty() ? null : find(target.subList(0, target.size() - 1));
    TreeNode there = parent == null ? null : parent.children().get(target.get(target.size() - 1));
    if (there instanceof File file) {
      return new File(layer, file.content());
    }
    if (there instanceof Symlink link) {
      return new Symlink(layer, link.target());
    }
    if (there instanceof Special) {
      return new Special(layer);
    }
    throw failures.damaged(
        "layer "
            + (layer + 1)
            + " has the hard link [/"
            + header.path()
            + "] to [/"
            + header.target()
            + "], which is no file");
  }

  private void put(Directory parent, String name, TreeNode node) {
    TreeNode there = parent.children().get(name);
    if (there instanceof Directory old && node instanceof Directory directory) {
      old.set(directory.layer(), directory.mode());
      return;
    }
    memory += NODE + name.length() + (node instanceof Symlink link ? link.target().length() : 0);
    if (memory > MOST_MEMORY) {
      throw failures.damaged("its layers have more files than any image");
    }
    parent.children().put(name, node);
  }

  private static void whiteOut(Directory parent, String name, int layer) {
    if (name.equals(OPAQUE)) {
      hideLower(parent, layer);
      return;
    }
    String hidden = name.substring(WHITEOUT.length());
    TreeNode node = parent.children().get(hidden);
    if (node != null && isHidden(node, layer)) {
      parent.children().remove(hidden);
    }
  }

  /** Removes what is of lower layers, wherever in its own archive a layer says so. */
  private static void hideLower(Directory directory, int layer) {
    directory.children().values().removeIf(node -> isHidden(node, layer));
  }

  private static boolean isHidden(TreeNode node, int layer) {
    if (node instanceof Directory directory) {
      hideLower(directory, layer);
      return directory.layer() < layer && directory.children().isEmpty();
    }
    return node.layer() < layer;
  }

  /** Returns a directory, following links, or null where there is none. */
  private Directory find(List<String> path) {
    return walk(path, -1);
  }

  /** Returns a directory, following links; those that are missing are made. */
  private Directory make(List<String> path, int layer) {
    return walk(path, layer);
  }

  /**
   * Walks below the root, which no link leads out of.
   *
   * @param layer what makes missing directories; negative for none
   */
  private Directory walk(List<String> path, int layer) {
    Deque<Directory> at = new ArrayDeque<>(List.of(root));
    Deque<String> rest = new ArrayDeque<>(path);
    for (int links = 0; !rest.isEmpty(); ) {
      String name = rest.pop();
      if (name.equals("..")) {
        if (at.size() > 1) {
          at.pop();
        }
        continue;
      }
      TreeNode next = at.peek().children().get(name);
      if (next instanceof Symlink link) {
        if (links++ == MOST_LINKS) {
          return nowhere(path, layer, "leads through links without an end");
        }
        if (link.target().startsWith("/")) {
          at = new ArrayDeque<>(List.of(root));
        }
        pushAll(rest, link.target());
      } else if (next == null && layer >= 0) {
        Directory made = new Directory(at.peek(), name, layer, IMPLICIT);
        put(at.peek(), name, made);
        at.push(made);
      } else if (next instanceof Directory directory) {
        at.push(directory);
      } else {
        return next == null ? null : nowhere(path, layer, "lies below a file");
      }
      if (at.size() + rest.size() > MOST_DEPTH) {
        return nowhere(path, layer, "is too deep");
      }
    }
    return at.peek();
  }

  private static void pushAll(Deque<String> rest, String target) {
    List<String> parts = List.of(target.split("/"));
    for (int i = parts.size() - 1; i >= 0; i--) {
      if (!parts.get(i).isEmpty() && !parts.get(i).equals(".")) {
        rest.push(parts.get(i));
      }
    }
  }

  private Directory nowhere(List<String> path, int layer, String why) {
    if (layer < 0) {
      return null;
    }
    throw failures.damaged(
        "layer "
            + (layer + 1)
            + " has something in [/"
            + String.join("/", path)
            + "], which "
            + why);
  }
}
