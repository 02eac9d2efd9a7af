package io.slimimage.blob;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Digests what is read, and fails instead of handing out the end of bytes that are damaged. */
final class VerifiedInputStream extends FilterInputStream {

  private final StoredBlob blob;
  private final MessageDigest sha256 = Digest.newSha256();
  private long total;
  private boolean verified;

  VerifiedInputStream(InputStream in, StoredBlob blob) {
    super(in);
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
    if (read > 0) {
      sha256.update(buffer, offset, read);
      total += read;
    }
    // Not only at the end of the file: who knows the size may never ask for more.
    if (read < 0 || total >= blob.size()) {
      verify();
    }
    return read;
  }

  private void verify() {
    if (total != blob.size()
        || !verified && !Digest.finish(sha256.digest()).equals(blob.digest())) {
      throw blob.damaged();
    }
    verified = true;
  }

  @Override
  public long skip(long count) throws IOException {
    return Math.max(0, read(new byte[(int) Math.min(Math.max(count, 0), Streams.BUFFER)]));
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
