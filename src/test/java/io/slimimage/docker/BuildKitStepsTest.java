package io.slimimage.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.slimimage.docker.BuildKitTrace.Log;
import io.slimimage.docker.BuildKitTrace.Vertex;
import io.slimimage.docker.TestEngine.Recorder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BuildKitStepsTest {

  private static final Instant T = Instant.parse("2026-11-22T10:00:00Z");

  private final Recorder progress = new Recorder();
  private final BuildKitSteps steps = new BuildKitSteps(progress);

  @Test
  void reportsEachChangeOnceHoweverOftenItIsRepeated() {
    vertex("a", "[b 1/2] RUN x", null, null, "");
    vertex("a", "[b 1/2] RUN x", T, null, "");
    vertex("a", "[b 1/2] RUN x", T, null, "");
    vertex("a", "[b 1/2] RUN x", T, T.plusMillis(1500), "");
    vertex("a", "[b 1/2] RUN x", T.plusSeconds(2), T.plusSeconds(9), "");

    assertThat(progress.started).containsExactly("[b 1/2] RUN x");
    assertThat(progress.durations).containsExactly(entry("[b 1/2] RUN x", 1500));
  }

  @Test
  void keepsTheOutputOfParallelStepsAndStreamsApart() {
    vertex("a", "[a 1/1] RUN a", T, null, "");
    vertex("b", "[b 1/1] RUN b", T, null, "");
    log("a", 1, "from a, first half");
    log("b", 1, "from b\n");
    log("a", 2, "error of a\n");
    log("a", 1, ", second half\n");

    assertThat(progress.lines)
        .containsExactly("from b", "error of a", "from a, first half, second half");
  }

  @Test
  void blamesTheStepThatFailedAndNotThoseCancelledForIt() {
    vertex("a", "[a 1/1] RUN a", T, null, "");
    vertex("b", "[b 1/1] RUN b", T, null, "");
    log("b", 2, "reason");
    vertex("a", "[a 1/1] RUN a", T, T, "context canceled");
    vertex("b", "[b 1/1] RUN b", T, T, "process \"b\" did not complete successfully: exit code: 4");

    BuildFailedException failure =
        steps
            .failure("failed to solve: process \"b\" did not complete successfully: exit code: 4")
            .orElseThrow();

    assertThat(failure.step()).isEqualTo("[b 1/1] RUN b");
    assertThat(failure.exitCode()).hasValue(4);
    assertThat(failure.lastLines()).containsExactly("reason");
  }

  @Test
  void putsALongCommandOnOneShortLine() {
    String name = "[b 2/3] RUN <<EOF (set -e\n\tmake " + "x".repeat(300) + ")";
    assertThat(BuildKitSteps.oneLine(name))
        .startsWith("[b 2/3] RUN <<EOF (set -e make xxx")
        .endsWith("…")
        .hasSize(200);
  }

  private static Map.Entry<String, Duration> entry(String step, long millis) {
    return Map.entry(step, Duration.ofMillis(millis));
  }

  private void vertex(String digest, String name, Instant started, Instant ended, String error) {
    Vertex vertex = new Vertex(digest, name, false, started, ended, error);
    steps.accept(new BuildKitTrace(List.of(vertex), List.of()));
  }

  private void log(String digest, long stream, String text) {
    Log log = new Log(digest, stream, text.getBytes(StandardCharsets.UTF_8));
    steps.accept(new BuildKitTrace(List.of(), List.of(log)));
  }
}
