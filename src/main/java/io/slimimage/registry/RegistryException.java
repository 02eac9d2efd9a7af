package io.slimimage.registry;

import io.slimimage.SlimImageException;

/** A registry refuses something, does not answer, or answers wrong. */
public class RegistryException extends SlimImageException {

  static final int NO_STATUS = 0;

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

  /** Creates a failure that no status says, with a complete message. */
  RegistryException(String message) {
    this(message, NO_STATUS, null);
  }

  /** Returns the status of the HTTP answer, or 0 where there was none. */
  public int status() {
    return status;
  }
}
