package io.slimimage.blob;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/** The unpacked bytes of a zip's entry, checked against size and CRC while they are read. */
record ZipContent(Blob packed, boolean deflated, long size, long crc, String archive, String entry)
    implements Blob {

  @Override
  public InputStream open() throws IOException {
    return new Verified(deflated ? inflate() : packed.open());
  }

  @Override
  public SeekableByteChannel openChannel() throws IOException {
    return deflated ? Blob.super.openChannel() : packed.openChannel();
  }

  private InputStream inflate() throws IOException {
    Inflater inflater = new Inflater(true);
    // A raw stream may need one byte more than it has, see Inflater's constructor.
    InputStream in = new SequenceInputStream(packed.open(), new ByteArrayInputStream(new byte[1]));
    // Most entries are small classes, of which a jar has thousands.
    int buffer = (int) Math.min(packed.size() + 1, Streams.BUFFER);
    return new InflaterInputStream(in, inflater, buffer) {
      @Override
      public void close() throws IOException {
        try {
          super.close();
        } finally {
          inflater.end();
        }
      }
    };
  }

  private final class Verified extends FilterInputStream {

    private final CRC32 checksum = new CRC32();
    private long total;

    Verified(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read;
      try {
        read = in.read(buffer, offset, length);
      } catch (ZipException | EOFException e) {
        throw ZipCatalog.corrupt(archive, "its entry [" + entry + "] is damaged", e);
      }
      if (read > 0) {
        checksum.update(buffer, offset, read);
        total += read;
      }
      if (total > size || read < 0 && (total != size || checksum.getValue() != crc)) {
        throw ZipCatalog.corrupt(
            archive, "its entry [" + entry + "] does not match its checksum", null);
      }
      return read;
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
}
