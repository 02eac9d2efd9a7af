package io.slimimage.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes at once instead of being waited for. */
final class TestTiming implements Timing {

  private final List<Duration> pauses = new CopyOnWriteArrayList<>();
  private final AtomicLong ahead = new AtomicLong();

  @Override
  public long nanos() {
    return System.nanoTime() + ahead.get();
  }

  @Override
  public Instant now() {
    return Instant.parse("2026-01-01T00:00:00Z");
  }

  @Override
  public double random() {
    return 0.5;
  }

  @Override
  public void pause(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    pauses.add(duration);
    pass(duration);
  }

  /** Lets time pass. */
  void pass(Duration duration) {
    ahead.addAndGet(duration.toNanos());
  }

  /** Returns how long was waited, each time. */
  List<Duration> pauses() {
    return pauses;
  }
}
