package io.slimimage.maven;

import io.slimimage.SlimImageException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds in the output of Maven in the builder stage what the user has to know. */
final class BuilderFailure {

  private static final String ERROR = "[ERROR]";
  private static final int MOST_LINES = 30;

  /** What Maven says after every failure, about itself. */
  private static final Pattern BOILERPLATE =
      Pattern.compile(
          "To see the full stack trace.*|Re-run Maven using.*|For more information about.*"
              + "|\\[Help \\d].*|After correcting the problems.*|mvn <args>.*"
              + "|COMPILATION ERROR :|-> \\[Help 1]|Please refer to .*|Process Exit Code.*"
              + "|There are test failures\\.|Failures:|Errors:|See .*surefire-reports.*"
              + "|BUILD FAILURE|Tests run: .*FAILURE!.*");

  /** Maven's own sentence around the message of a goal. */
  private static final Pattern GOAL =
      Pattern.compile(
          "Failed to execute goal (\\S+?):(\\S+?):[^ ]+ .*?on project (\\S+): (.*?)( -> \\[Help \\d])?");

  /** What shells say, with their own name in front. */
  private static final Pattern NO_MAVEN = Pattern.compile("(?:.*: )?mvn: (?:command )?not found");

  private BuilderFailure() {}

  /**
   * Returns the failure in the words of the tool that failed.
   *
   * @param stage the stage that failed
   * @param lines what the failing step printed
   * @param failure what the engine says, for the case that the step said nothing
   */
  static SlimImageException explain(String stage, List<String> lines, SlimImageException failure) {
    Set<String> errors = new LinkedHashSet<>();
    for (String line : lines) {
      if (line.startsWith(ERROR)) {
        String text = line.substring(ERROR.length()).strip();
        Matcher goal = GOAL.matcher(text);
        if (goal.matches()) {
          text = goal.group(4);
          if (goal.group(2).equals("slimimage-maven-plugin")) {
            // Ours are whole sentences with advice: nothing around them helps.
            return new SlimImageException(text, failure);
          }
        }
        text = text.replaceAll(" -> \\[Help \\d]$", "").replaceAll("(?<![\\w./-])/build/", "");
        if (!text.isBlank() && !BOILERPLATE.matcher(text).matches()) {
          errors.add(text);
        }
      }
    }
    if (errors.isEmpty() && lines.stream().anyMatch(line -> NO_MAVEN.matcher(line).matches())) {
      return new SlimImageException(
          SlimImageException.advise(
              "The builder image has no 'mvn' on its PATH",
              "name an image with a JDK and Maven by 'slimimage.builder.image'"),
          failure);
    }
    if (errors.isEmpty()) {
      return failure;
    }
    List<String> shown = errors.stream().limit(MOST_LINES).toList();
    return new SlimImageException(
        "The application's build failed in the stage '"
            + stage
            + "':\n  "
            + String.join("\n  ", shown)
            + "\nperhaps you should run 'mvn "
            + (stage.equals("test") ? "test" : "package")
            + "' on this machine, or this goal with -X to see all that the stage printed",
        failure);
  }
}
