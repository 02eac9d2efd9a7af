package io.slimimage.registry;

import java.io.IOException;
import java.time.Duration;

/** An answer that may be another one a little later. */
final class TemporaryFailure extends IOException {

  private final int status;
  private final Duration wait;

  /**
   * Creates a failure.
   *
   * @param message what was answered, and by whom
   * @param wait how long not to try again, at least
   */
  TemporaryFailure(String message, int status, Duration wait) {
    super(message);
    this.status = status;
    this.wait = wait;
  }

  int status() {
    return status;
  }

  Duration waiting() {
    return wait;
  }
}
