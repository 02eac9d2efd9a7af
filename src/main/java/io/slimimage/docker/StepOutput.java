package io.slimimage.docker;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The output of one step: passes lines on and keeps the last ones, for the case that it fails. */
final class StepOutput {

  static final int KEPT_LINES = 40;

  private final Deque<String> last = new ArrayDeque<>();
  private final BuildStep step;
  private final BuildProgress progress;
  private final LogLines standard = new LogLines(this::line);
  private final LogLines error = new LogLines(this::line);

  StepOutput(BuildStep step, BuildProgress progress) {
    this.step = step;
    this.progress = progress;
  }

  BuildStep step() {
    return step;
  }

  LogLines standard() {
    return standard;
  }

  LogLines error() {
    return error;
  }

  void finish() {
    standard.finish();
    error.finish();
  }

  List<String> lastLines() {
    return List.copyOf(last);
  }

  private void line(String line) {
    if (last.size() == KEPT_LINES) {
      last.removeFirst();
    }
    last.addLast(line);
    progress.log(step, line);
  }
}
