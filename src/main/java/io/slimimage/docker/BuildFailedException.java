package io.slimimage.docker;

import io.slimimage.SlimImageException;
import java.util.List;
import java.util.OptionalInt;

/** The engine has refused the Dockerfile, or a step of it has failed. */
public final class BuildFailedException extends SlimImageException {

  private final String step;
  private final transient List<String> lastLines;
  private final int exitCode;

  /**
   * Creates the failure.
   *
   * @param step the failing step, or the empty string if it is not known
   * @param error what the engine said
   * @param lastLines the end of the step's output
   * @param exitCode of the step's command, negative if there is none
   */
  BuildFailedException(String step, String error, List<String> lastLines, int exitCode) {
    super(message(step, error, exitCode));
    this.step = step;
    this.lastLines = List.copyOf(lastLines);
    this.exitCode = exitCode;
  }

  /** Returns the name of the failing step, the empty string if it is not known. */
  public String step() {
    return step;
  }

  /** Returns the last lines that the failing step printed, at most 40. */
  public List<String> lastLines() {
    return lastLines;
  }

  /** Returns the exit code of the failing step's command. */
  public OptionalInt exitCode() {
    return exitCode < 0 ? OptionalInt.empty() : OptionalInt.of(exitCode);
  }

  private static String message(String step, String error, int exitCode) {
    if (step.isEmpty()) {
      return SlimImageException.advise(
          "The engine cannot build the image: " + error, "look at the Dockerfile");
    }
    String reason = exitCode < 0 ? ": " + error : " with exit code " + exitCode;
    return SlimImageException.advise(
        "The image's build failed in step [" + step + "]" + reason,
        "look at the last lines of that step's output");
  }
}
