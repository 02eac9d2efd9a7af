package io.slimimage.blob;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;

/** Several blobs one after the other, each opened when its turn comes. */
record ConcatenatedBlob(List<Blob> parts, long size) implements Blob {

  ConcatenatedBlob {
    parts = List.copyOf(parts);
  }

  static ConcatenatedBlob of(List<Blob> parts) {
    return new ConcatenatedBlob(parts, parts.stream().mapToLong(Blob::size).sum());
  }

  @Override
  public InputStream open() {
    return new Concatenation(parts.iterator());
  }

  private static final class Concatenation extends InputStream {

    private final Iterator<Blob> rest;
    private InputStream current = InputStream.nullInputStream();

    Concatenation(Iterator<Blob> rest) {
      this.rest = rest;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      int read = current.read(buffer, offset, length);
      while (read < 0 && rest.hasNext()) {
        current.close();
        current = rest.next().open();
        read = current.read(buffer, offset, length);
      }
      return read;
    }

    @Override
    public void close() throws IOException {
      current.close();
    }
  }
}
