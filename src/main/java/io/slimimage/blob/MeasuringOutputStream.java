package io.slimimage.blob;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/** Counts and digests what is written through it. */
public final class MeasuringOutputStream extends FilterOutputStream {

  private final MessageDigest sha256 = Digest.newSha256();
  private long size;

  /** Creates a stream that passes everything on. */
  public MeasuringOutputStream(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int b) throws IOException {
    out.write(b);
    sha256.update((byte) b);
    size++;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    sha256.update(bytes, offset, length);
    size += length;
  }

  /** Returns the number of bytes written so far. */
  public long size() {
    return size;
  }

  /** Returns the SHA-256 of everything written; call it once, at the end. */
  public Digest digest() {
    return Digest.finish(sha256.digest());
  }
}
