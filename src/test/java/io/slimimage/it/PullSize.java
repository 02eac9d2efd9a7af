package io.slimimage.it;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** How many bytes travel when an image is pulled. */
final class PullSize {

  private PullSize() {}

  /**
   * Compresses the layers of an image as {@code docker save} hands it out, uncompressed, by gzip at
   * its usual level, as engines push them.
   *
   * @return the bytes of them all; the few of the configuration may be among them
   */
  static long of(InputStream archive) throws IOException {
    long bytes = 0;
    TarArchiveInputStream tar = new TarArchiveInputStream(new BufferedInputStream(archive));
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      String name = entry.getName();
      if (entry.isFile() && (name.endsWith("/layer.tar") || name.startsWith("blobs/"))) {
        Counter counter = new Counter();
        try (GZIPOutputStream gzip = new GZIPOutputStream(counter)) {
          tar.transferTo(gzip);
        }
        bytes += counter.bytes;
      }
    }
    return bytes;
  }

  private static final class Counter extends OutputStream {

    private long bytes;

    @Override
    public void write(int one) {
      bytes++;
    }

    @Override
    public void write(byte[] some, int offset, int length) {
      bytes += length;
    }
  }
}
