package io.slimimage.docker;

import java.time.Duration;

/**
 * Hears what an engine does during a build. All methods are called by the thread that asked for the
 * build; with BuildKit the steps of several stages run, and are reported, interleaved.
 */
public interface BuildProgress {

  /** Hears nothing. */
  BuildProgress NONE = new BuildProgress() {};

  /** A step begins. A cached one may end without having begun. */
  default void stepStarted(BuildStep step) {}

  /** A step has printed a line, without its line end and without escape sequences. */
  default void log(BuildStep step, String line) {}

  /**
   * A step has ended well.
   *
   * @param cached whether the result of an earlier build was used
   * @param duration how long the step took
   */
  default void stepFinished(BuildStep step, boolean cached, Duration duration) {}

  /** A step has failed, or was cancelled since another one failed. */
  default void stepFailed(BuildStep step, String error, Duration duration) {}

  /**
   * The context has been sent.
   *
   * @param bytes the size of the tar
   */
  default void contextSent(long bytes) {}
}
