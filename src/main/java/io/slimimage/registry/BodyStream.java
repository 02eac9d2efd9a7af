package io.slimimage.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The body of an answer as it comes in. A reader waits for the next part of it, but not for ever:
 * the HTTP client's own stream would.
 */
final class BodyStream extends InputStream implements BodySubscriber<BodyStream> {

  /** How many parts, of up to 16 KiB each, may come in before the reader wants them. */
  private static final int AHEAD = 16;

  private static final Object END = new Object();

  private final BlockingQueue<Object> parts = new LinkedBlockingQueue<>();
  private final Duration idle;
  private final TrafficCounter traffic;
  private volatile Subscription subscription;
  private volatile boolean closed;
  private ByteBuffer current = ByteBuffer.allocate(0);
  private long position;
  private boolean ended;
  private IOException failure;

  /**
   * Creates the stream of one answer.
   *
   * @param idle how long to wait for the next byte
   */
  BodyStream(Duration idle, TrafficCounter traffic) {
    this.idle = idle;
    this.traffic = traffic;
  }

  /** Returns the stream of a body that is there already. */
  static BodyStream of(byte[] body, TrafficCounter traffic) {
    BodyStream stream = new BodyStream(Duration.ZERO, traffic);
    stream.current = ByteBuffer.wrap(body);
    stream.ended = true;
    traffic.received(body.length);
    return stream;
  }

  @Override
  public CompletionStage<BodyStream> getBody() {
    return CompletableFuture.completedStage(this);
  }

  @Override
  public void onSubscribe(Subscription given) {
    subscription = given;
    if (closed) {
      given.cancel();
    } else {
      given.request(AHEAD);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    parts.add(buffers.size() == 1 ? buffers.get(0) : joined(buffers));
  }

  private static ByteBuffer joined(List<ByteBuffer> buffers) {
    ByteBuffer all = ByteBuffer.allocate(buffers.stream().mapToInt(ByteBuffer::remaining).sum());
    buffers.forEach(all::put);
    return all.flip();
  }

  @Override
  public void onError(Throwable cause) {
    parts.add(cause);
  }

  @Override
  public void onComplete() {
    parts.add(END);
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
    while (!current.hasRemaining()) {
      if (failure != null) {
        throw failure;
      }
      if (ended) {
        return -1;
      }
      await();
    }
    int read = Math.min(length, current.remaining());
    current.get(buffer, offset, read);
    position += read;
    return read;
  }

  private void await() {
    try {
      Object part = parts.poll(idle.toNanos(), TimeUnit.NANOSECONDS);
      if (part instanceof ByteBuffer buffer) {
        traffic.received(buffer.remaining());
        current = buffer;
        subscription.request(1);
      } else if (part == END) {
        ended = true;
      } else {
        fail(part == null ? BrokenConnection.silent(idle) : BrokenConnection.of((Throwable) part));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(new InterruptedIOException("interrupted"));
    }
  }

  private void fail(IOException cause) {
    failure = cause;
    close();
  }

  /** Returns how many bytes have been read. */
  long position() {
    return position;
  }

  /** Ends the transfer; unless it is complete, the connection with it. */
  @Override
  public void close() {
    closed = true;
    Subscription given = subscription;
    // What is complete has given its connection back, even if nobody has read it to the end.
    if (given != null && !ended && !parts.contains(END)) {
      given.cancel();
    }
  }
}
