package io.slimimage.docker;

/**
 * Hears what an engine does while it pulls an image; called by another thread than the caller's.
 */
@FunctionalInterface
public interface PullProgress {

  /** Hears nothing. */
  PullProgress NONE = (layer, status, current, total) -> {};

  /**
   * A layer has made progress.
   *
   * @param layer short id of the layer, or the empty string where the whole image is meant
   * @param status in the engine's words, such as {@code Downloading}
   * @param current bytes so far, 0 where they are not known
   * @param total bytes in all, 0 where they are not known
   */
  void update(String layer, String status, long current, long total);
}
