package io.slimimage.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Hands the bytes of a stream to the HTTP client as fast as it takes them, with their number known
 * before: registries want a {@code Content-Length}.
 */
final class ContentPublisher implements HttpRequest.BodyPublisher {

  private static final int BUFFER = 1 << 16;

  private final InputStream in;
  private final long length;
  private final Progress progress;
  private final AtomicLong demand = new AtomicLong();
  private volatile long sent;
  private volatile boolean done;
  private volatile Exception failure;

  /**
   * Creates a publisher for one request.
   *
   * @param in is read by threads of the HTTP client; the caller closes it
   * @param progress is told of every part that goes out
   */
  ContentPublisher(InputStream in, long length, Progress progress) {
    this.in = in;
    this.length = length;
    this.progress = progress;
  }

  /** Returns what went wrong on our own side, or null. */
  Exception failure() {
    return failure;
  }

  /** Returns how many bytes the HTTP client has taken. */
  long sent() {
    return sent;
  }

  /**
   * Hands out all bytes at once, to another client.
   *
   * @throws BrokenConnection if they cannot be read; what went wrong is the {@link #failure}
   */
  byte[] takeAll() throws BrokenConnection {
    try {
      byte[] all = in.readAllBytes();
      if (all.length != length) {
        throw new IOException("it has " + all.length + " bytes instead of " + length);
      }
      sent = length;
      progress.mark();
      return all;
    } catch (IOException | RuntimeException e) {
      failure = e;
      throw BrokenConnection.of(e);
    }
  }

  @Override
  public long contentLength() {
    return length;
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    subscriber.onSubscribe(
        new Subscription() {
          @Override
          public void request(long number) {
            // Whoever finds no demand before its own hands out everything that is asked meanwhile.
            if (demand.getAndAdd(number) == 0) {
              do {
                next(subscriber);
              } while (demand.decrementAndGet() > 0);
            }
          }

          @Override
          public void cancel() {
            done = true;
          }
        });
  }

  private void next(Subscriber<? super ByteBuffer> subscriber) {
    if (done) {
      return;
    }
    try {
      byte[] buffer = new byte[(int) Math.min(BUFFER, length - sent)];
      int read = in.readNBytes(buffer, 0, buffer.length);
      if (read < buffer.length) {
        throw new IOException("ended after " + (sent + read) + " of " + length + " bytes");
      }
      sent += read;
      progress.mark();
      subscriber.onNext(ByteBuffer.wrap(buffer));
      if (sent == length) {
        done = true;
        subscriber.onComplete();
      }
    } catch (IOException | RuntimeException e) {
      done = true;
      failure = e;
      subscriber.onError(e);
    }
  }
}
