package io.slimimage.registry;

import io.slimimage.image.ImageReference;

/** The registries that a build talks to, which share their connections and what they know. */
public interface Registries extends AutoCloseable {

  /**
   * Opens the repository of an image; no request is made yet. Reading, its mirrors are asked first.
   *
   * @throws RegistryException if no request may be made
   */
  Repository repository(ImageReference image, Access access);

  /** Returns what has gone over the wire so far. */
  default Traffic traffic() {
    return Traffic.NONE;
  }

  @Override
  void close();
}
