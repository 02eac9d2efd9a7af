package io.slimimage.base;

import io.slimimage.SlimImageException;
import io.slimimage.blob.Blob;
import io.slimimage.blob.BlobStore;
import io.slimimage.blob.CacheException;
import io.slimimage.blob.Digest;
import io.slimimage.blob.StoredBlob;
import io.slimimage.image.Descriptor;
import io.slimimage.registry.MirrorException;
import io.slimimage.registry.RegistryException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Takes the blobs of an image from where it is, and believes none of what is said of them. */
final class BlobReader {

  private final BlobSource source;
  private final BlobStore store;
  private final BaseFailures failures;

  BlobReader(BlobSource source, BlobStore store, BaseFailures failures) {
    this.source = source;
    this.store = store;
    this.failures = failures;
  }

  /** Returns whether there is such a blob. */
  boolean has(Descriptor descriptor) throws IOException {
    return source.has(descriptor);
  }

  /**
   * Returns the bytes of a document.
   *
   * @param what it is, for messages
   */
  byte[] document(Descriptor descriptor, String what) throws IOException {
    Blob blob = find(descriptor, what);
    byte[] bytes;
    try (InputStream in = blob.open()) {
      bytes = DocumentBytes.read(in, what, failures);
    }
    if (!Digest.sha256(new ByteArrayInputStream(bytes)).equals(descriptor.digest())) {
      throw other(descriptor, what);
    }
    return bytes;
  }

  /** Puts a layer into the store. */
  StoredBlob layer(Descriptor descriptor, String what) throws IOException {
    Optional<StoredBlob> known = store.find(descriptor.digest());
    if (known.isPresent()) {
      return sized(known.get(), descriptor, what);
    }
    Blob blob = find(descriptor, what);
    return sized(put(blob, descriptor, what), descriptor, what);
  }

  private StoredBlob put(Blob blob, Descriptor descriptor, String what) throws IOException {
    try {
      return store.putOnce(blob, descriptor.digest());
    } catch (CacheException e) {
      throw e;
    } catch (MirrorException e) {
      // It is not asked again, so that the next one is, or the registry itself.
      return put(blob, descriptor, what);
    } catch (RegistryException e) {
      throw failures.refused(e);
    } catch (SlimImageException e) {
      throw other(descriptor, what);
    }
  }

  private Blob find(Descriptor descriptor, String what) throws IOException {
    Blob blob =
        source
            .find(descriptor)
            .orElseThrow(
                () -> failures.damaged(what + " is missing, blob [" + descriptor.digest() + "]"));
    return sized(blob, descriptor, what);
  }

  private <T extends Blob> T sized(T blob, Descriptor descriptor, String what) {
    if (blob.size() != descriptor.size()) {
      throw failures.damaged(
          what
              + ", blob ["
              + descriptor.digest()
              + "], has "
              + blob.size()
              + " bytes and not "
              + descriptor.size());
    }
    return blob;
  }

  private RuntimeException other(Descriptor descriptor, String what) {
    return failures.damaged(
        what + ", blob [" + descriptor.digest() + "], has another digest than its name says");
  }
}
