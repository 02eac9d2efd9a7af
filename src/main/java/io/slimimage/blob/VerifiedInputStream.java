package io.slimimage.blob;

import java.io.IOException;
import java.io.InputStream;

/** Digests what is read, and fails instead of handing out the end of bytes that are damaged. */
final class VerifiedInputStream extends InputStream {

  private final MeasuringInputStream in;
  private final StoredBlob blob;
  private boolean verified;

  VerifiedInputStream(InputStream in, StoredBlob blob) {
    this.in = new MeasuringInputStream(in, blob.digest());
    this.blob = blob;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = in.read(buffer, offset, length);
    // Not only at the end of the file: who knows the size may never ask for more.
    if (read < 0 || in.size() >= blob.size()) {
      verify();
    }
    return read;
  }

  private void verify() {
    if (in.size() != blob.size() || !verified && !in.digest().equals(blob.digest())) {
      throw blob.damaged();
    }
    verified = true;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
