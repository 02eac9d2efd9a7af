package io.slimimage.layer;

import io.slimimage.blob.Blob;
import io.slimimage.blob.StoredEntry;
import io.slimimage.blob.StoredZip;
import io.slimimage.blob.ZipCatalog;

/** In which form a dependency goes into its layer. */
public enum JarForm {
  /**
   * Entries unpacked, so that the layer's own compression sees the classes: the layer gets about a
   * quarter smaller to pull, and more than twice as large on disk. Order, names, times, manifest
   * and signatures stay as they are; so do jars inside the jar.
   */
  STORED {
    @Override
    public Blob apply(String name, Blob original) {
      if (!name.endsWith(".jar")) {
        return original;
      }
      ZipCatalog catalog = ZipCatalog.read(original, name);
      return StoredZip.of(
          catalog.items().stream().map(StoredEntry::of).toList(), catalog.comment());
    }
  },

  /** The bytes as they were published. */
  ORIGINAL {
    @Override
    public Blob apply(String name, Blob original) {
      return original;
    }
  };

  /**
   * Returns the bytes for the layer.
   *
   * @param name the file name, for error messages; what is not called {@code .jar} stays as it is
   * @param original the published file
   * @throws io.slimimage.SlimImageException if a jar is corrupt or encrypted; damaged contents are
   *     found when the result is read
   */
  public abstract Blob apply(String name, Blob original);
}
