package io.slimimage.maven;

import io.slimimage.BuildLog;
import io.slimimage.docker.BuildProgress;
import io.slimimage.docker.BuildStep;
import io.slimimage.dockerfile.DockerfileWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells which steps an engine runs, and remembers the end of what they print. */
final class StepLog implements BuildProgress {

  /** Enough for a compiler's errors, which Maven prints twice. */
  private static final int REMEMBERED = 400;

  private static final Duration WORTH_TELLING = Duration.ofSeconds(1);

  private final BuildLog log;
  private final Deque<String> lastLines = new ArrayDeque<>();
  private long contextBytes;
  private int run;
  private int cached;
  private String current = "";
  private String purpose = "";
  private String stepWithPurpose = "";
  private RuntimeReport runtime;

  StepLog(BuildLog log) {
    this.log = log;
  }

  /** Returns the last lines that the last step has printed. */
  List<String> lastLines() {
    return List.copyOf(lastLines);
  }

  /** Returns what the builder stage has told of the linked runtime, where it ran. */
  Optional<RuntimeReport> runtime() {
    return Optional.ofNullable(runtime);
  }

  /** Returns whether the last step that told its purpose runs the tests. */
  boolean isTesting() {
    return purpose.equals(DockerfileWriter.RUNNING_TESTS);
  }

  /** Returns how the build went so far. */
  BuildResult.StepStatistics statistics() {
    return new BuildResult.StepStatistics(contextBytes, run, cached);
  }

  @Override
  public void stepStarted(BuildStep step) {
    log.debug(step.name());
  }

  @Override
  public void log(BuildStep step, String line) {
    if (!step.name().equals(current)) {
      current = step.name();
      lastLines.clear();
    }
    if (lastLines.size() == REMEMBERED) {
      lastLines.removeFirst();
    }
    lastLines.addLast(line);
    if (line.startsWith(DockerfileWriter.PURPOSE)) {
      purpose = line.substring(DockerfileWriter.PURPOSE.length());
      stepWithPurpose = step.name();
      log.info("  " + purpose);
    }
    runtime = RuntimeReport.in(line).orElse(runtime);
    log.debug("    | " + line);
  }

  @Override
  public void stepFinished(BuildStep step, boolean wasCached, Duration duration) {
    if (step.internal()) {
      return;
    }
    if (wasCached) {
      cached++;
      log.debug("cached: " + step.name());
      return;
    }
    run++;
    if (step.name().equals(stepWithPurpose) && duration.compareTo(WORTH_TELLING) > 0) {
      log.info(String.format(Locale.ROOT, "    done in %.1f s", duration.toMillis() / 1e3));
    }
  }

  @Override
  public void contextSent(long bytes) {
    contextBytes = bytes;
  }
}
