package io.slimimage.registry;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets one request to a registry go ahead of those that others want to send at the same time: what
 * the registry wants to know is learnt once then, and not refused to each of them.
 */
final class FirstRequest {

  private final AtomicBoolean begun = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);

  /** Returns when the caller may send its request: at once if it is the first. */
  void await() throws InterruptedException {
    if (!begun.compareAndSet(false, true)) {
      ended.await();
    }
  }

  /** Lets the others go, also where the first request has failed. */
  void end() {
    ended.countDown();
  }
}
