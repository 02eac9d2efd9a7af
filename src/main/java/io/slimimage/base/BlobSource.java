package io.slimimage.base;

import io.slimimage.blob.Blob;
import io.slimimage.image.Descriptor;
import java.io.IOException;
import java.util.Optional;

/** Where the blobs of an OCI image are. */
interface BlobSource {

  /**
   * Returns the bytes that are said to have the digest, which nobody has verified.
   *
   * @throws io.slimimage.SlimImageException if there is something else than a blob
   */
  Optional<? extends Blob> find(Descriptor descriptor) throws IOException;

  /** Returns whether there is such a blob. */
  default boolean has(Descriptor descriptor) throws IOException {
    return find(descriptor).isPresent();
  }
}
