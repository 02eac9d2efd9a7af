package io.slimimage.blob;

import io.slimimage.SlimImageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The digest of a blob, as OCI writes it: {@code sha256:} and 64 lower-case hexadecimal digits.
 *
 * @param algorithm {@code sha256} or {@code sha512}
 * @param hex the digest in lower-case hexadecimal
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests">OCI
 *     digests</a>
 */
public record Digest(String algorithm, String hex) {

  private static final Map<String, Integer> HEX_LENGTHS = Map.of("sha256", 64, "sha512", 128);
  private static final Pattern HEX = Pattern.compile("[0-9a-f]*");

  /**
   * Checks algorithm and form.
   *
   * @throws SlimImageException if this is no digest that OCI registers
   */
  public Digest {
    Integer length = HEX_LENGTHS.get(algorithm);
    if (length == null || hex.length() != length || !HEX.matcher(hex).matches()) {
      throw new SlimImageException(
          SlimImageException.advise(
              "[" + algorithm + ":" + hex + "] is not a digest",
              "give it as sha256: with 64 lower-case hexadecimal digits"));
    }
  }

  /**
   * Reads a digest of the form {@code algorithm:hex}.
   *
   * @throws SlimImageException if the text is no digest
   */
  public static Digest parse(String text) {
    int colon = text.indexOf(':');
    return new Digest(text.substring(0, Math.max(colon, 0)), text.substring(colon + 1));
  }

  /** Returns the digest that a text is, nothing where it is something else, such as a tag. */
  public static Optional<Digest> ifValid(String text) {
    try {
      return Optional.of(parse(text));
    } catch (SlimImageException e) {
      return Optional.empty();
    }
  }

  /** Returns the SHA-256 of the bytes. */
  public static Digest sha256(byte[] bytes) {
    return finish(newSha256().digest(bytes));
  }

  /** Returns the SHA-256 of a text in UTF-8. */
  public static Digest sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the SHA-256 of a blob, reading it once. */
  public static Digest sha256(Blob blob) throws IOException {
    try (InputStream in = blob.open()) {
      return sha256(in);
    }
  }

  /** Returns the SHA-256 of what is left in the stream; the stream stays open. */
  public static Digest sha256(InputStream in) throws IOException {
    MessageDigest digest = newSha256();
    Streams.forEachBuffer(in, digest::update);
    return finish(digest.digest());
  }

  static Digest finish(byte[] sha256) {
    return new Digest("sha256", HexFormat.of().formatHex(sha256));
  }

  static MessageDigest newSha256() {
    return newDigest("SHA-256");
  }

  static MessageDigest newDigest(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Written out, since a record's own makes the first build of a JVM wait for 60 classes. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Digest digest
        && hex.equals(digest.hex)
        && algorithm.equals(digest.algorithm);
  }

  @Override
  public int hashCode() {
    return hex.hashCode();
  }

  /** Returns {@code algorithm:hex}. */
  @Override
  public String toString() {
    return algorithm + ":" + hex;
  }
}
