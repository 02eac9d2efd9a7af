package io.slimimage.blob;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ExecutorService;

/**
 * How the tar of a layer is compressed. The same bytes give the same bytes, on any number of cores.
 */
public enum Compression {
  /** Deflate in blocks, read by every engine. */
  GZIP("application/vnd.oci.image.layer.v1.tar+gzip"),
  /** Smaller and faster; Docker Engines before 23 cannot read it. */
  ZSTD("application/vnd.oci.image.layer.v1.tar+zstd"),
  /** The tar as it is. */
  NONE("application/vnd.oci.image.layer.v1.tar");

  private final String mediaType;

  Compression(String mediaType) {
    this.mediaType = mediaType;
  }

  /** Returns the media type of a layer in an OCI image. */
  public String mediaType() {
    return mediaType;
  }

  /**
   * Returns a stream that compresses what is written to it. Flushing it does nothing, so that the
   * bytes depend on nothing but those that were written.
   *
   * @param out gets the compressed bytes; closing the returned stream ends the compression and
   *     leaves this one open
   * @param workers compress blocks side by side; those who write help them where they are busy
   * @throws io.slimimage.SlimImageException if the native library that {@link #ZSTD} needs cannot
   *     be loaded
   */
  public OutputStream to(OutputStream out, ExecutorService workers) throws IOException {
    return switch (this) {
      case GZIP -> new ParallelGzip(out, workers);
      case ZSTD -> ZstdStream.to(out);
      case NONE -> new OpenOutputStream(out);
    };
  }

  /** Passes everything on but the end. */
  private static final class OpenOutputStream extends FilterOutputStream {
    OpenOutputStream(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      out.flush();
    }
  }
}
