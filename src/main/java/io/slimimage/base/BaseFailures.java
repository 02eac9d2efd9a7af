package io.slimimage.base;

import io.slimimage.SlimImageException;

/**
 * What is said to the user about a base image that cannot be used.
 *
 * @param name what the user calls it
 * @param remedy how to get a whole one, for "perhaps you should …"
 */
record BaseFailures(String name, String remedy) {

  /** Returns the failure of an image whose parts do not fit together. */
  SlimImageException damaged(String fact) {
    return damaged(fact, null);
  }

  /** Returns the failure of an image that cannot be read. */
  SlimImageException damaged(String fact, Throwable cause) {
    return new SlimImageException(
        SlimImageException.advise("Base image [" + name + "] is damaged: " + fact, remedy), cause);
  }

  /**
   * Returns the failure of an image that is sound, but not for us.
   *
   * @param fact follows the name, such as {@code has no layers}
   */
  SlimImageException unusable(String fact, String advice) {
    return new SlimImageException(
        SlimImageException.advise("Base image [" + name + "] " + fact, advice));
  }
}
