package io.slimimage.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntConsumer;

/**
 * A build that fills a store, in a process of its own that a test can end, or in a class loader of
 * its own. All of them write the same blobs, each in another order.
 */
public final class BlobWriting implements Runnable {

  private static final int BLOBS = 24;

  private final Path directory;
  private final long seed;
  private final IntConsumer written;

  public BlobWriting(String directory, Long seed) {
    this(directory, seed, number -> {});
  }

  private BlobWriting(String directory, long seed, IntConsumer written) {
    this.directory = Path.of(directory);
    this.seed = seed;
    this.written = written;
  }

  /** Writes every blob in the order that the seed gives; checks those that are there. */
  @Override
  public void run() {
    FileDigests digests = FileDigests.at(directory.resolve("digests"));
    BlobStore store = new BlobStore(directory, digests);
    try {
      for (int number : new Random(seed).ints(3 * BLOBS, 0, BLOBS).toArray()) {
        write(store, number);
        written.accept(number);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    digests.save();
  }

  private static void write(BlobStore store, int number) throws IOException {
    byte[] bytes = bytes(number);
    StoredBlob blob;
    try (BlobWriter writer = store.write()) {
      for (int at = 0; at < bytes.length; at += 1000) {
        writer.write(bytes, at, Math.min(1000, bytes.length - at));
      }
      blob = writer.commit();
    }
    StoredBlob found = store.find(blob.digest()).orElseThrow();
    try (InputStream in = found.open()) {
      if (!Arrays.equals(in.readAllBytes(), bytes)) {
        throw new IllegalStateException("other bytes than were written");
      }
    }
  }

  private static byte[] bytes(int number) {
    Random random = new Random(number);
    byte[] bytes = new byte[random.nextInt(300_000)];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Arguments: the directory, the seed, and {@code once} or {@code forever}. */
  public static void main(String[] arguments) {
    long seed = Long.parseLong(arguments[1]);
    do {
      new BlobWriting(arguments[0], seed++, System.out::println).run();
    } while (arguments[2].equals("forever"));
  }
}
