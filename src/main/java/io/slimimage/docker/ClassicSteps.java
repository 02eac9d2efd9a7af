package io.slimimage.docker;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the classic builder's output, plain text in which only its form tells the builder's own
 * lines from those of a step. Podman writes {@code STEP} in capitals.
 */
final class ClassicSteps {

  private static final Pattern STEP =
      Pattern.compile("(?:Step|STEP) (\\d+)/(\\d+) ?: (.*)", Pattern.DOTALL);
  private static final Pattern CACHED =
      Pattern.compile(" ---> Using cache|--> Using cache [0-9a-f]{12,64}");
  private static final Pattern NOISE =
      Pattern.compile(
          " ---> (?:Running in [0-9a-f]{12}|[0-9a-f]{12})|--> [0-9a-f]{11,64}"
              + "|Removing intermediate container [0-9a-f]{12}|Removed intermediate container [0-9a-f]{12}");
  private static final Pattern END =
      Pattern.compile("(?:Successfully built|Successfully tagged|COMMIT) ?.*");

  private final BuildProgress progress;
  private final LongSupplier nanoTime;
  private StepOutput current;
  private long begun;
  private boolean cached;
  private boolean untitled;

  ClassicSteps(BuildProgress progress, LongSupplier nanoTime) {
    this.progress = progress;
    this.nanoTime = nanoTime;
  }

  /** Takes one item. The builder's own lines come alone, a step's output in any portions. */
  void accept(String item) {
    String line = LogLines.clean(item);
    Matcher step = STEP.matcher(line);
    if (step.matches()) {
      endStep();
      String name = "[" + step.group(1) + "/" + step.group(2) + "] " + step.group(3);
      begin(new BuildStep(BuildKitSteps.oneLine(name), false));
    } else if (CACHED.matcher(line).matches()) {
      cached = true;
    } else if (END.matcher(line).matches()) {
      endStep();
    } else if (current != null && titleEnds(item)) {
      untitled = false;
    } else if (current != null && !NOISE.matcher(line).matches()) {
      current.standard().add(item);
    }
  }

  /** The line end after a step's title comes as an item of its own, which is no output. */
  private boolean titleEnds(String item) {
    return untitled && item.equals("\n");
  }

  /** The build has ended well. */
  void finish() {
    endStep();
  }

  /** Reports the step that was running as failed. */
  BuildFailedException fail(String error, int code) {
    int exitCode = code > 0 ? code : ExitCode.of(error);
    if (current == null) {
      return new BuildFailedException("", error, List.of(), exitCode);
    }
    current.finish();
    String name = current.step().name();
    List<String> last = current.lastLines();
    progress.stepFailed(current.step(), error, duration());
    current = null;
    return new BuildFailedException(name, error, last, exitCode);
  }

  private void begin(BuildStep step) {
    current = new StepOutput(step, progress);
    cached = false;
    untitled = true;
    begun = nanoTime.getAsLong();
    progress.stepStarted(step);
  }

  private void endStep() {
    if (current != null) {
      current.finish();
      progress.stepFinished(current.step(), cached, duration());
      current = null;
    }
  }

  private Duration duration() {
    return Duration.ofNanos(nanoTime.getAsLong() - begun);
  }
}
