package io.slimimage.base;

import java.io.IOException;
import java.io.InputStream;

/** Reads the bytes of documents, which are held in memory. Apart from what parses them. */
final class DocumentBytes {

  /** The largest manifest that registries take, in bytes. */
  private static final int MOST = 4 << 20;

  private DocumentBytes() {}

  /**
   * Reads what is left in the stream, which stays open.
   *
   * @param what it is, for messages
   */
  static byte[] read(InputStream in, String what, BaseFailures failures) throws IOException {
    byte[] bytes = in.readNBytes(MOST + 1);
    if (bytes.length > MOST) {
      throw failures.damaged(what + " has more than " + (MOST >> 20) + " MiB");
    }
    return bytes;
  }
}
