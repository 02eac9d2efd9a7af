package io.slimimage.registry;

import io.slimimage.image.Descriptor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * The beginning of a blob, after which the connection ends, but not before some of it has arrived:
 * a client may lose everything that it had not read by then.
 */
final class BrokenDownload implements Script {

  /** How many bytes at least arrive. */
  static final int ARRIVED = 10_000;

  private final byte[] blob;
  private final int length;
  private final CountDownLatch arrived = new CountDownLatch(1);

  BrokenDownload(byte[] blob, int length) {
    this.blob = blob;
    this.length = length;
  }

  @Override
  public void play(Exchange exchange) throws IOException {
    exchange.head(200, List.of(), Map.of("Content-Length", Integer.toString(blob.length)));
    exchange.out().write(blob, 0, length);
    exchange.out().flush();
    try {
      arrived.await();
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
    exchange.socket().close();
  }

  /** Reads the whole blob. */
  byte[] read(Repository repository, Descriptor descriptor) throws IOException {
    try (InputStream in = repository.open(descriptor);
        ByteArrayOutputStream read = new ByteArrayOutputStream()) {
      read.write(in.readNBytes(ARRIVED));
      arrived.countDown();
      in.transferTo(read);
      return read.toByteArray();
    }
  }
}
