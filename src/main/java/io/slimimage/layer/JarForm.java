package io.slimimage.layer;

import io.slimimage.blob.Blob;

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
      return name.endsWith(".jar") ? StoredJar.of(name, original) : original;
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
   * Returns the bytes for the layer. The original is read when they or their size are wanted; if it
   * is corrupt, encrypted or damaged, that throws {@link io.slimimage.SlimImageException}.
   *
   * @param name the file name, for error messages; what is not called {@code .jar} stays as it is
   * @param original the published file
   */
  public abstract Blob apply(String name, Blob original);
}
