package io.slimimage.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** Several blobs one after the other, each opened when its turn comes. */
final class ConcatenatedBlob implements Blob {

  private final List<Blob> parts;

  /** Where each part begins; at the end, where the last one ends. */
  private final long[] starts;

  private ConcatenatedBlob(List<Blob> parts) {
    this.parts = List.copyOf(parts);
    this.starts = new long[parts.size() + 1];
    for (int i = 0; i < parts.size(); i++) {
      starts[i + 1] = starts[i] + parts.get(i).size();
    }
  }

  static ConcatenatedBlob of(List<Blob> parts) {
    return new ConcatenatedBlob(parts);
  }

  @Override
  public long size() {
    return starts[parts.size()];
  }

  List<Blob> parts() {
    return parts;
  }

  /** The region that a part fills is that part: nothing before it is read then. */
  @Override
  public Blob region(long offset, long length) {
    int part = Arrays.binarySearch(starts, offset);
    boolean begins = part >= 0 && part < parts.size() && length > 0;
    // Of several that begin there, all but the last have no byte, and the search finds any.
    while (begins && part + 1 < parts.size() && starts[part + 1] == offset) {
      part++;
    }
    return begins && parts.get(part).size() == length
        ? parts.get(part)
        : Blob.super.region(offset, length);
  }

  @Override
  public SeekableByteChannel openChannel() {
    return new ConcatenatedChannel(parts, starts);
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
