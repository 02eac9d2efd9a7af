package io.slimimage.base;

import io.slimimage.SlimImageException;
import io.slimimage.registry.RegistryException;

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

  /** Returns the failure of an image, or a part of it, that would have to be downloaded. */
  SlimImageException offline() {
    return unusable("is not in the cache, and this build is offline", "build once without -o");
  }

  /** Returns the failure of an image that a registry does not give. */
  SlimImageException refused(RegistryException e) {
    return refused(e, "");
  }

  /**
   * Returns the failure of an image that a registry does not give.
   *
   * @param e says why, and what to do
   * @param more what can be done besides, as a sentence, or empty
   */
  SlimImageException refused(RegistryException e, String more) {
    String message = "Base image [" + name + "] cannot be pulled: " + e.getMessage();
    if (e.status() == 401 || e.status() == 403) {
      message += ". Registries say that of images, too, that they do not have: check the name";
    }
    return new SlimImageException(more.isEmpty() ? message : message + ". " + more, e);
  }
}
