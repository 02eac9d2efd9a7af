package io.slimimage.image;

import io.slimimage.blob.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts and digests what is read through it, also what its reader skips. */
final class MeasuringInputStream extends InputStream {

  private final InputStream in;
  private final String algorithm;
  private final MessageDigest messageDigest;
  private long size;

  /**
   * Creates a stream.
   *
   * @param in gets read and closed
   * @param expected of the algorithm to use
   */
  MeasuringInputStream(InputStream in, Digest expected) {
    this.in = in;
    this.algorithm = expected.algorithm();
    try {
      this.messageDigest = MessageDigest.getInstance(algorithm.replace("sha", "SHA-"));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = in.read(buffer, offset, length);
    if (read > 0) {
      messageDigest.update(buffer, offset, read);
      size += read;
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** Reads what is left. */
  void finish() throws IOException {
    transferTo(OutputStream.nullOutputStream());
  }

  /** Returns the number of bytes read so far. */
  long size() {
    return size;
  }

  /** Returns the digest of everything read; call it once, at the end. */
  Digest digest() {
    return new Digest(algorithm, HexFormat.of().formatHex(messageDigest.digest()));
  }
}
