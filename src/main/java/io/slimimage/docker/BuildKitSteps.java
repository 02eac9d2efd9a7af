package io.slimimage.docker;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Follows the steps of a BuildKit build and reports each change once. */
final class BuildKitSteps {

  private static final int MAX_NAME = 200;

  /** One step, of which BuildKit repeats the whole state with every change. */
  private static final class State {
    private final StepOutput output;
    private Instant started;
    private boolean ended;
    private String error = "";

    State(StepOutput output) {
      this.output = output;
    }
  }

  private final Map<String, State> steps = new HashMap<>();
  private final BuildProgress progress;
  private State failed;

  BuildKitSteps(BuildProgress progress) {
    this.progress = progress;
  }

  void accept(BuildKitTrace trace) {
    trace.vertexes().forEach(this::vertex);
    trace.logs().forEach(this::log);
  }

  /** Returns whether the engine has begun with any step. */
  boolean isEmpty() {
    return steps.isEmpty();
  }

  /** Returns the failure of the step to blame, which others were cancelled for. */
  Optional<BuildFailedException> failure(String error) {
    State blamed = failed;
    for (State state : steps.values()) {
      if (!state.error.isEmpty() && error.contains(state.error)) {
        blamed = state;
      }
    }
    if (blamed == null) {
      return Optional.empty();
    }
    List<String> lines = blamed.output.lastLines();
    String name = blamed.output.step().name();
    return Optional.of(new BuildFailedException(name, error, lines, ExitCode.of(error)));
  }

  private void vertex(BuildKitTrace.Vertex vertex) {
    State state = steps.computeIfAbsent(vertex.digest(), digest -> newState(vertex.name()));
    if (vertex.started() != null && state.started == null) {
      state.started = vertex.started();
      progress.stepStarted(state.output.step());
    }
    // A source is looked at several times, and ends each time: the first one counts.
    if (vertex.completed() == null || state.ended) {
      return;
    }
    state.ended = true;
    state.output.finish();
    Duration duration =
        state.started == null ? Duration.ZERO : Duration.between(state.started, vertex.completed());
    if (vertex.error().isEmpty()) {
      progress.stepFinished(state.output.step(), vertex.cached(), duration);
      return;
    }
    state.error = vertex.error();
    if (failed == null && !vertex.error().contains("context canceled")) {
      failed = state;
    }
    progress.stepFailed(state.output.step(), vertex.error(), duration);
  }

  private void log(BuildKitTrace.Log log) {
    StepOutput output = steps.computeIfAbsent(log.vertex(), digest -> newState("")).output;
    (log.stream() == 2 ? output.error() : output.standard()).add(log.message());
  }

  private State newState(String name) {
    boolean internal = !name.startsWith("[") || name.startsWith("[internal]");
    return new State(new StepOutput(new BuildStep(oneLine(name), internal), progress));
  }

  /** A step's name repeats its command, which may be a whole script. */
  static String oneLine(String name) {
    String line = LogLines.clean(name).replaceAll("\\s+", " ").strip();
    return line.length() <= MAX_NAME ? line : line.substring(0, MAX_NAME - 1) + "…";
  }
}
