package io.slimimage.blob;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.slimimage.SlimImageException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes a frame of Zstandard. Only who chooses it loads this class and the native library.
 *
 * <p>The bytes are the same for any number of threads but none, which the library takes to mean
 * another way of compressing.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8878">RFC 8878</a>
 */
final class ZstdStream extends FilterOutputStream {

  private static final int LEVEL = 9;

  /** What a thread compresses at a time. The library's own 16 MB would leave one core all work. */
  private static final int JOB = 4 << 20;

  private static final int MAX_WORKERS = 4;

  private final ZstdOutputStreamNoFinalizer zstd;

  private ZstdStream(ZstdOutputStreamNoFinalizer zstd) {
    super(zstd);
    this.zstd = zstd;
  }

  /**
   * Starts a frame.
   *
   * @throws SlimImageException if the native library cannot be loaded
   */
  static OutputStream to(OutputStream out) throws IOException {
    try {
      int cores = Runtime.getRuntime().availableProcessors();
      return new ZstdStream(
          new ZstdOutputStreamNoFinalizer(out, LEVEL)
              .setChecksum(true)
              .setWorkers(Math.min(cores, MAX_WORKERS))
              .setJobSize(JOB));
    } catch (LinkageError e) {
      throw new SlimImageException(
          SlimImageException.advise(
              "zstd cannot be used on this machine (" + reason(e) + ")",
              "set slimimage.compression to gzip, or give Java a directory for temporary files in"
                  + " which programs may lie, with -Djava.io.tmpdir"),
          e);
    }
  }

  /** After the first attempt the error says no more than that there was one. */
  private static String reason(Throwable error) {
    Throwable first = error;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    String reason = first.getMessage() == null ? first.toString() : first.getMessage();
    return reason.lines().findFirst().orElse("");
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    zstd.write(bytes, offset, length);
  }

  /** Does nothing: a flush would show in the bytes. All comes out at the end. */
  @Override
  public void flush() {}

  @Override
  public void close() throws IOException {
    zstd.closeWithoutClosingParentStream();
  }
}
