package io.slimimage.registry;

import io.slimimage.SlimImageException;

/** A registry refuses something, does not answer, or answers wrong. */
public class RegistryException extends SlimImageException {

  private final int status;

  /**
   * Creates a failure with a complete message.
   *
   * @param status of the HTTP answer, or 0 where there was none
   */
  public RegistryException(String message, int status, Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  /** Returns the status of the HTTP answer, or 0 where there was none. */
  public int status() {
    return status;
  }
}
