package io.slimimage.maven;

import io.slimimage.BuildLog;
import java.time.Duration;

/** Tells at debug level what a build takes its time for. */
final class Phases {

  private final BuildLog log;
  private final long start = System.nanoTime();
  private long last = start;

  Phases(BuildLog log) {
    this.log = log;
  }

  /** Ends a phase, which has begun where the one before has ended. */
  void end(String name) {
    long now = System.nanoTime();
    if (log.isDebugEnabled()) {
      log.debug("Timing: " + name + " " + Duration.ofNanos(now - last).toMillis() + " ms");
    }
    last = now;
  }

  /** Returns the time since the first phase began. */
  Duration total() {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
