package io.slimimage.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/** Compresses in a process of its own, which a test gives little memory or few processors. */
final class CompressedLayer {

  private static final int PIECE = 1 << 16;

  private CompressedLayer() {}

  /**
   * Arguments: the compression, megabytes of zeros, megabytes of random bytes, the file to write.
   * Prints the file's digest, or the failure's message.
   */
  public static void main(String[] arguments) throws IOException {
    Compression compression = Compression.valueOf(arguments[0]);
    Path file = Path.of(arguments[3]);
    ExecutorService workers = Executors.newCachedThreadPool();
    try (OutputStream out = Files.newOutputStream(file);
        OutputStream compressing = compression.to(out, workers)) {
      write(compressing, Long.parseLong(arguments[1]), new byte[PIECE]);
      byte[] random = new byte[PIECE];
      new Random(1).nextBytes(random);
      write(compressing, Long.parseLong(arguments[2]), random);
    } catch (RuntimeException e) {
      System.out.println(e.getMessage());
      return;
    } finally {
      workers.shutdown();
    }
    if (compression == Compression.GZIP) {
      try (InputStream in = new GZIPInputStream(Files.newInputStream(file), PIECE)) {
        System.out.println(Streams.forEachBuffer(in, (buffer, offset, length) -> {}) + " bytes");
      }
    }
    System.out.println(Digest.sha256(Blob.of(file)));
  }

  private static void write(OutputStream out, long megabytes, byte[] piece) throws IOException {
    for (long i = 0; i < (megabytes << 20) / PIECE; i++) {
      out.write(piece);
    }
  }
}
