package io.slimimage.docker;

import io.slimimage.SlimImageException;

/** No engine answers, or an engine refused or broke off what it was asked to do. */
public class EngineException extends SlimImageException {

  /** Creates a failure with a complete message. */
  public EngineException(String message) {
    super(message);
  }

  /** Creates a failure with a complete message, keeping the cause for debugging. */
  public EngineException(String message, Throwable cause) {
    super(message, cause);
  }
}
