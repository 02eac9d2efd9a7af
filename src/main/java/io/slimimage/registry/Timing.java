package io.slimimage.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/** Clocks, waiting and chance, which a test replaces. */
interface Timing {

  /** The machine's own. */
  Timing REAL = new Timing() {};

  /** Returns nanoseconds of a clock that nobody sets, to tell how long something took. */
  default long nanos() {
    return System.nanoTime();
  }

  /** Returns the time of day, which may be wrong. */
  default Instant now() {
    return Instant.now();
  }

  /** Returns a number from 0 up to, but without, 1. */
  default double random() {
    return ThreadLocalRandom.current().nextDouble();
  }

  /** Waits. */
  default void pause(Duration duration) throws InterruptedException {
    Thread.sleep(duration.toMillis());
  }
}
