package io.slimimage.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the Maven runs of a sample have said and left behind, for samples that get no image.
 *
 * <p>For {@code verify.groovy}; a check that fails throws {@link AssertionError}.
 */
public final class MavenRuns {

  private static final String FIRST_LINE = "[INFO] Scanning for projects...";
  private static final String BUILD_BEGINS = "Building with";
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

  /** Frames of Maven, of ours and of our libraries; those of a failing test are the user's own. */
  private static final Pattern STACK_TRACE =
      Pattern.compile(
          "\\bat (?:io\\.slimimage\\.(?!samples)|com\\.github\\.dockerjava\\."
              + "|org\\.apache\\.maven\\.(?!surefire))|Caused by:");

  /** Outputs that a later build or a push would trust. */
  private static final List<String> RESULTS =
      List.of("image.id", "image.json", "image.digest", "image.tar", "image");

  private final Path output;
  private final List<List<String>> logs;

  private MavenRuns(Path output, List<List<String>> logs) {
    this.output = output;
    this.logs = logs;
  }

  /**
   * Returns the runs of a sample: one per line {@code invoker.goals} of its {@code
   * invoker.properties}.
   *
   * @param basedir the sample's directory, which has the {@code build.log} of them all
   */
  public static MavenRuns of(File basedir) throws IOException {
    List<List<String>> logs = new ArrayList<>();
    Path log = basedir.toPath().resolve("build.log");
    // Maven writes in the platform's encoding, and some distributions reset colours in batch mode.
    for (String coloured : Files.readAllLines(log, Charset.defaultCharset())) {
      String line = COLOUR.matcher(coloured).replaceAll("");
      if (line.equals(FIRST_LINE)) {
        logs.add(new ArrayList<>());
      }
      if (!logs.isEmpty()) {
        logs.get(logs.size() - 1).add(line);
      }
    }
    assertThat(logs).as("Maven runs in %s", log).isNotEmpty();
    return new MavenRuns(basedir.toPath().resolve("target").resolve("slimimage"), logs);
  }

  /** Returns the last run alone, where those before it only prepared something. */
  public MavenRuns last() {
    return new MavenRuns(output, logs.subList(logs.size() - 1, logs.size()));
  }

  /**
   * Returns one run alone.
   *
   * @param number of its line {@code invoker.goals}, the first being 1
   */
  public MavenRuns only(int number) {
    return new MavenRuns(output, logs.subList(number - 1, number));
  }

  /** Returns what a pattern finds, once for each line in which it does. */
  public List<String> find(String regex) {
    Pattern pattern = Pattern.compile(regex);
    return logs.stream()
        .flatMap(List::stream)
        .map(pattern::matcher)
        .filter(Matcher::find)
        .map(Matcher::group)
        .toList();
  }

  /** Checks that each run has reported each of the texts as an error, in whichever line of it. */
  public MavenRuns failWith(String... parts) {
    assertThat(logs).allSatisfy(log -> assertThat(errors(log)).contains(parts));
    return this;
  }

  /** Checks that the errors say what to do. */
  public MavenRuns advise() {
    return failWith("perhaps you should");
  }

  /** Checks that each run has one line, of any level, with all of the texts. */
  public MavenRuns say(String... parts) {
    assertThat(logs)
        .allSatisfy(log -> assertThat(log).anySatisfy(line -> assertThat(line).contains(parts)));
    return this;
  }

  /** Checks that no run has got as far as asking an engine for a build. */
  public MavenRuns buildNothing() {
    assertThat(logs)
        .allSatisfy(log -> assertThat(log).noneMatch(line -> line.contains(BUILD_BEGINS)));
    return this;
  }

  /** Checks that there is neither a stack trace nor the name of one of our exceptions. */
  public MavenRuns showNoStackTrace() {
    for (List<String> log : logs) {
      assertThat(log).noneMatch(line -> STACK_TRACE.matcher(line).find());
      assertThat(errors(log)).doesNotContain("SlimImageException", "ConfigurationException");
    }
    return this;
  }

  /** Checks that there is no result that a later build would take for the one of this build. */
  public MavenRuns leaveNoImage() {
    assertThat(RESULTS).noneMatch(name -> Files.exists(output.resolve(name)));
    return this;
  }

  /** Only the first line of a message has {@code [ERROR]} before it. */
  private static String errors(List<String> log) {
    int first = 0;
    while (first < log.size() && !log.get(first).startsWith("[ERROR]")) {
      first++;
    }
    return String.join("\n", log.subList(first, log.size()));
  }
}
