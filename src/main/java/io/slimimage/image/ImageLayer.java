package io.slimimage.image;

import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import java.util.Objects;

/**
 * A layer of an image as it is kept and sent.
 *
 * @param descriptor format, digest and size of the bytes as they are, most often compressed
 * @param diffId the digest of the uncompressed tar
 * @param content the bytes
 */
public record ImageLayer(Descriptor descriptor, Digest diffId, Blob content) {

  /** Checks that nothing is null. */
  public ImageLayer {
    Objects.requireNonNull(descriptor, "descriptor");
    Objects.requireNonNull(diffId, "diffId");
    Objects.requireNonNull(content, "content");
  }
}
