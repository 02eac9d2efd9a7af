package io.slimimage.registry;

import io.slimimage.blob.Digest;
import io.slimimage.image.Descriptor;
import java.util.Objects;

/**
 * A manifest or an index as a registry keeps it.
 *
 * @param mediaType what it is, see {@link io.slimimage.image.MediaTypes}
 * @param digest of the bytes
 * @param bytes the document, which nobody may change
 */
public record ManifestBytes(String mediaType, Digest digest, byte[] bytes) {

  /** Checks that nothing is null. */
  public ManifestBytes {
    Objects.requireNonNull(mediaType, "mediaType");
    Objects.requireNonNull(digest, "digest");
    Objects.requireNonNull(bytes, "bytes");
  }

  /** Returns the document with its digest. */
  public static ManifestBytes of(String mediaType, byte[] bytes) {
    return new ManifestBytes(mediaType, Digest.sha256(bytes), bytes);
  }

  /** Returns what refers to the document. */
  public Descriptor descriptor() {
    return new Descriptor(mediaType, digest, bytes.length);
  }
}
