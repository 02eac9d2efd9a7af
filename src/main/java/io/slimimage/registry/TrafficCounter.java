package io.slimimage.registry;

import java.util.concurrent.atomic.AtomicLong;

/** Counts what goes over the wire, for all threads. */
final class TrafficCounter {

  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong received = new AtomicLong();

  void request() {
    requests.incrementAndGet();
  }

  void sent(long bytes) {
    sent.addAndGet(bytes);
  }

  void received(long bytes) {
    received.addAndGet(bytes);
  }

  Traffic snapshot() {
    return new Traffic(requests.get(), sent.get(), received.get());
  }
}
