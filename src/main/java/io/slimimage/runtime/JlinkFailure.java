package io.slimimage.runtime;

import io.slimimage.SlimImageException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes an error of what {@code jlink} says when it fails. */
final class JlinkFailure {

  private static final int LAST_LINES = 10;
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");
  private static final Pattern STACK_FRAME = Pattern.compile("\\s+(at |\\.\\.\\. \\d+ more)");

  /**
   * A failure that does not lie in the command.
   *
   * @param message what is said of it, as its first group
   */
  private record Known(Pattern message, String advice) {}

  private static final List<Known> KNOWN =
      List.of(
          new Known(
              Pattern.compile("(No space left on device|Disk quota exceeded)"),
              "make room there, or name a directory on another disk as slimimage.cache"),
          new Known(
              Pattern.compile("(?m)^Error: (.* has been modified)"),
              "install the JDK again, or take one with jmods, which are linked as they came"),
          new Known(
              Pattern.compile("(this runtime image does not contain jmods directory)"),
              "install the package with the JDK's jmods, or set slimimage.runtime to jre"));

  private JlinkFailure() {}

  /**
   * Returns the error.
   *
   * @param output the directory of the runtime
   */
  static SlimImageException of(List<String> command, int status, String said, Path output) {
    for (Known known : KNOWN) {
      Matcher message = known.message().matcher(said);
      if (message.find()) {
        return new SlimImageException(
            SlimImageException.advise(
                "jlink cannot write [" + output + "]: " + message.group(1), known.advice()));
      }
    }
    return new SlimImageException(
        SlimImageException.advise(
                "jlink failed with exit code " + status, "repeat by hand what it was to do:")
            + "\n"
            + quoted(command)
            + "\nIt said:\n"
            + last(said));
  }

  private static String last(String said) {
    List<String> lines =
        said.lines().filter(line -> !STACK_FRAME.matcher(line).lookingAt()).toList();
    return lines.stream()
        .skip(Math.max(0, lines.size() - LAST_LINES))
        .collect(Collectors.joining("\n"));
  }

  /** Writes a command as a shell takes it. */
  static String quoted(List<String> command) {
    return command.stream()
        .map(word -> PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" "));
  }
}
