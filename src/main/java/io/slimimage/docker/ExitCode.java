package io.slimimage.docker;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds a command's exit code in what builders say about a failed step. */
final class ExitCode {

  private static final Pattern CODE =
      Pattern.compile("(?:exit code|non-zero code|exit status):? (\\d{1,3})\\s*$");

  private ExitCode() {}

  /** Returns the exit code, or -1 if the message names none. */
  static int of(String error) {
    Matcher matcher = CODE.matcher(error);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : -1;
  }
}
