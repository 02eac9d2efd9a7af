package io.slimimage.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Counts and digests what is read through it, also what its reader skips. */
public final class MeasuringInputStream extends InputStream {

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
  public MeasuringInputStream(InputStream in, Digest expected) {
    this.in = in;
    this.algorithm = expected.algorithm();
    this.messageDigest = Digest.newDigest(algorithm.replace("sha", "SHA-"));
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
  public void finish() throws IOException {
    transferTo(OutputStream.nullOutputStream());
  }

  /** Returns the number of bytes read so far. */
  public long size() {
    return size;
  }

  /** Returns the digest of everything read; call it once, at the end. */
  public Digest digest() {
    return new Digest(algorithm, HexFormat.of().formatHex(messageDigest.digest()));
  }
}
