package io.slimimage.image;

import io.slimimage.blob.Digest;
import java.util.Objects;

/**
 * What refers to a blob of an image.
 *
 * @param mediaType its format, see {@link MediaTypes}
 * @param digest of its bytes
 * @param size in bytes
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/descriptor.md">OCI content
 *     descriptors</a>
 */
public record Descriptor(String mediaType, Digest digest, long size) {

  /** Checks that nothing is missing. */
  public Descriptor {
    Objects.requireNonNull(mediaType, "mediaType");
    Objects.requireNonNull(digest, "digest");
    if (size < 0) {
      throw new IllegalArgumentException("size " + size);
    }
  }
}
