package io.slimimage.registry;

import java.util.function.LongSupplier;

/** When the last byte went out, so that whoever waits knows whether something still happens. */
final class Progress {

  private final LongSupplier nanos;
  private volatile long last;

  Progress(LongSupplier nanos) {
    this.nanos = nanos;
    mark();
  }

  /** Notes that something has just happened. */
  void mark() {
    last = nanos.getAsLong();
  }

  /** Returns for how many nanoseconds nothing has happened. */
  long idle() {
    return nanos.getAsLong() - last;
  }
}
