package io.slimimage;

/**
 * A failure that is reported to the user as one sentence, without a stack trace.
 *
 * <p>The message says what is wrong, with which parameter or file, and what to do about it. A cause
 * is kept for {@code mvn -e}.
 */
public class SlimImageException extends RuntimeException {

  /** Creates a failure with a complete message. */
  public SlimImageException(String message) {
    super(message);
  }

  /** Creates a failure with a complete message, keeping the cause for debugging. */
  public SlimImageException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Joins a fact and a piece of advice to the form that all messages of this plugin have. */
  public static String advise(String fact, String advice) {
    return fact + ", perhaps you should " + advice;
  }
}
