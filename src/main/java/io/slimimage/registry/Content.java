package io.slimimage.registry;

import io.slimimage.blob.Blob;
import io.slimimage.image.Descriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The body of a request, which may have to be sent more than once. */
interface Content {

  /** No body. */
  Content NONE = new Bytes(new byte[0]);

  /** Returns the size in bytes. */
  long length();

  /**
   * Opens the bytes; the caller closes the stream, which fails where they are not the right ones.
   *
   * @throws RegistryException if that is not possible, which no further attempt would change
   */
  InputStream open();

  /** Returns the failure to read what is to be sent. */
  static RegistryException unreadable(Exception cause) {
    return new RegistryException(
        "What is to be sent cannot be read: " + cause, RegistryException.NO_STATUS, cause);
  }

  /** Returns bytes in memory. */
  static Content of(byte[] bytes) {
    return new Bytes(bytes);
  }

  /** Returns the bytes of a blob, verified while they are read. */
  static Content of(Descriptor descriptor, Blob blob) {
    return new OfBlob(descriptor, blob);
  }

  /** A document. */
  record Bytes(byte[] bytes) implements Content {
    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(bytes);
    }
  }

  /** A blob that is opened for each attempt. */
  record OfBlob(Descriptor descriptor, Blob blob) implements Content {
    @Override
    public long length() {
      return descriptor.size();
    }

    @Override
    public InputStream open() {
      try {
        return new VerifiedBytes(blob.open(), descriptor, "which is to be sent,");
      } catch (IOException e) {
        throw unreadable(e);
      }
    }
  }
}
