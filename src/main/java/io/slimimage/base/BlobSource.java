package io.slimimage.base;

import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import java.io.IOException;
import java.util.Optional;

/** Where the blobs of an OCI image are. */
interface BlobSource {

  /**
   * Returns the bytes that are said to have the digest, which nobody has verified.
   *
   * @throws io.slimimage.SlimImageException if there is something else than a blob
   */
  Optional<Blob> find(Digest digest) throws IOException;
}
