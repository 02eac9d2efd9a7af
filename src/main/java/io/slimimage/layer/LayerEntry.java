package io.slimimage.layer;

import io.slimimage.blob.Blob;
import java.util.Objects;

/** One entry of a layer. Paths are relative to the image's root, with slashes: {@code app/lib}. */
public sealed interface LayerEntry {

  /** Returns the path in the image, without a slash at either end. */
  String path();

  /**
   * A directory.
   *
   * @param path the path in the image
   * @param mode the permission bits, such as {@code 0755}
   */
  record Directory(String path, int mode) implements LayerEntry {
    /** Checks the path. */
    public Directory {
      LayerEntry.check(path);
    }
  }

  /**
   * A regular file.
   *
   * @param path the path in the image
   * @param mode the permission bits, such as {@code 0644}
   * @param content the bytes
   */
  record File(String path, int mode, Blob content) implements LayerEntry {
    /** Checks path and content. */
    public File {
      LayerEntry.check(path);
      Objects.requireNonNull(content, "content");
    }
  }

  /**
   * A symbolic link.
   *
   * @param path the path in the image
   * @param target where it points to, absolute or relative to its directory
   */
  record Symlink(String path, String target) implements LayerEntry {
    /** Checks path and target. */
    public Symlink {
      LayerEntry.check(path);
      Objects.requireNonNull(target, "target");
    }
  }

  private static void check(String path) {
    if (path.isEmpty()
        || path.startsWith("/")
        || path.endsWith("/")
        || java.util.Arrays.asList(path.split("/", -1)).contains("..")) {
      throw new IllegalArgumentException("not a relative path inside an image: " + path);
    }
  }
}
