package io.slimimage.layer;

import io.slimimage.blob.Digest;
import io.slimimage.blob.FileDigests;
import java.io.IOException;

/** A layer that need not be made where an earlier build has made the same one. */
public interface LayerSource {

  /** Returns what the layer holds. */
  LayerRole role();

  /** Returns what stands for all of the layer's entries: equal keys mean equal layers. */
  Digest key() throws IOException;

  /** Makes the layer. */
  Layer layer() throws IOException;

  /**
   * Returns the source of a layer whose entries are known. Its key stands for paths, modes, link
   * targets and contents as they are when it is asked for, in the entries' order.
   *
   * @param digests knows the digests of files that did not change since an earlier build
   */
  static LayerSource of(Layer layer, FileDigests digests) {
    return new KnownLayer(layer, digests);
  }
}
