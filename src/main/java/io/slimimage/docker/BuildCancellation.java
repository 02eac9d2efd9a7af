package io.slimimage.docker;

/**
 * Ends a running build from another thread, such as a shutdown hook: {@code new
 * Thread(cancellation)}.
 *
 * <p>When {@link #cancel} returns, the connection is closed, so the engine ends the running step
 * even if this JVM halts at once.
 */
public final class BuildCancellation implements Runnable {

  private Runnable action;
  private boolean cancelled;

  /** Cancels the build that uses this object, and any that will; more calls change nothing. */
  public synchronized void cancel() {
    if (!cancelled) {
      cancelled = true;
      if (action != null) {
        action.run();
      }
    }
  }

  /** Does the same as {@link #cancel}. */
  @Override
  public void run() {
    cancel();
  }

  /** Returns whether {@link #cancel} was called. */
  public synchronized boolean isCancelled() {
    return cancelled;
  }

  /** Says how to cancel what runs now; runs at once if cancelled before. */
  synchronized void onCancel(Runnable newAction) {
    action = newAction;
    if (cancelled && newAction != null) {
      newAction.run();
    }
  }
}
