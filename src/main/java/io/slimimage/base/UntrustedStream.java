package io.slimimage.base;

import io.slimimage.image.LayerFormat;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Decompresses what others have written, and tells bytes that are damaged from a disk or an engine
 * that fails: those are the failure of a base image, these an {@link IOException}.
 */
final class UntrustedStream extends InputStream {

  /**
   * What a layer or archive may have when it is decompressed, in bytes. No image is as large, and a
   * file of a few kilobytes could have any size else. Up to this size the disk decides.
   */
  static final long MOST_BYTES = 64L << 30;

  private static final int BUFFER = 1 << 16;

  private final String what;
  private final BaseFailures failures;
  private final Source source;
  private final LayerFormat format;
  private final InputStream decompressed;
  private long room = MOST_BYTES;

  /**
   * Opens a stream.
   *
   * @param raw the bytes as they are kept; closed with this stream
   * @param what they are, for messages
   */
  UntrustedStream(InputStream raw, String what, BaseFailures failures) throws IOException {
    this.what = what;
    this.failures = failures;
    this.source = new Source(raw);
    try {
      BufferedInputStream buffered = new BufferedInputStream(source, BUFFER);
      buffered.mark(LayerFormat.MAGIC);
      this.format = LayerFormat.of(buffered.readNBytes(LayerFormat.MAGIC));
      buffered.reset();
      this.decompressed = format.decompress(buffered);
    } catch (IOException e) {
      raw.close();
      throw failure(e);
    } catch (RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  /** Opens an archive that is decompressed already, whatever it begins with. */
  static UntrustedStream ofTar(InputStream raw, String what, BaseFailures failures) {
    return new UntrustedStream(new Source(raw), what, failures);
  }

  private UntrustedStream(Source source, String what, BaseFailures failures) {
    this.what = what;
    this.failures = failures;
    this.source = source;
    this.format = LayerFormat.TAR;
    this.decompressed = source;
  }

  /** Returns how the bytes are kept. */
  LayerFormat format() {
    return format;
  }

  /**
   * Returns what to throw for what the reader of this stream has met.
   *
   * @return the failure of disk or engine, if it was that
   * @throws io.slimimage.SlimImageException if the bytes are damaged
   */
  IOException failure(Exception met) {
    if (source.failure != null) {
      return source.failure;
    }
    String reason = met.getMessage() == null ? "it ends too early" : met.getMessage();
    throw failures.damaged(what + " cannot be read: " + reason, met);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read;
    try {
      read = decompressed.read(buffer, offset, length);
    } catch (IOException e) {
      throw failure(e);
    }
    room -= Math.max(read, 0);
    if (room < 0) {
      throw failures.damaged(what + " has more than " + (MOST_BYTES >> 30) + " GiB uncompressed");
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    // Closes the source too. Where it is the one of an engine, that need not be read to its end.
    decompressed.close();
  }

  /** Remembers why it could not be read. */
  private static final class Source extends FilterInputStream {

    private IOException failure;

    Source(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        return super.read(buffer, offset, length);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }
  }
}
