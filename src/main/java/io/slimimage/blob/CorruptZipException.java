package io.slimimage.blob;

import java.io.IOException;

/** A zip that is not one; the message completes "cannot be read: …". */
final class CorruptZipException extends IOException {

  private static final long serialVersionUID = 1L;

  CorruptZipException(String message) {
    super(message);
  }
}
