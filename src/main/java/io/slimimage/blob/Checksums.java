package io.slimimage.blob;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * What identifies a file as it was published; repositories know artifacts by their SHA-1.
 *
 * @param sha1 SHA-1 in lower-case hexadecimal
 * @param sha256 SHA-256 in lower-case hexadecimal
 */
public record Checksums(String sha1, String sha256) {

  /** Computes both in one pass over the bytes. */
  public static Checksums of(Blob blob) throws IOException {
    MessageDigest sha1 = Digest.newDigest("SHA-1");
    MessageDigest sha256 = Digest.newSha256();
    try (InputStream in = blob.open()) {
      Streams.forEachBuffer(
          in,
          (buffer, offset, length) -> {
            sha1.update(buffer, offset, length);
            sha256.update(buffer, offset, length);
          });
    }
    HexFormat hex = HexFormat.of();
    return new Checksums(hex.formatHex(sha1.digest()), hex.formatHex(sha256.digest()));
  }
}
