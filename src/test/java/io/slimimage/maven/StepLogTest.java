package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;

import io.slimimage.RecordedLog;
import io.slimimage.docker.BuildStep;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StepLogTest {

  private static final BuildStep RUN =
      new BuildStep("[builder 5/9] RUN mkdir -p /m2 &&     mvn -B package", false);
  private static final BuildStep COPY = new BuildStep("[builder 4/9] COPY . .", false);
  private static final BuildStep INTERNAL = new BuildStep("[internal] load metadata", true);

  private final RecordedLog log = new RecordedLog();
  private final StepLog steps = new StepLog(log);

  @Test
  void tellsThePurposeThatAStepPrintsAndLeavesTheRestToDebug() {
    steps.stepStarted(COPY);
    steps.stepStarted(RUN);
    steps.log(RUN, "==> Compiling and packaging");
    steps.log(RUN, "[INFO] BUILD SUCCESS");
    assertThat(log.infos()).containsExactly("  Compiling and packaging");
    assertThat(log.debugs()).contains(COPY.name(), RUN.name(), "    | [INFO] BUILD SUCCESS");
    assertThat(steps.isTesting()).isFalse();
  }

  @Test
  void knowsWhenTheTestsRun() {
    steps.log(RUN, "==> Running the tests");
    assertThat(steps.isTesting()).isTrue();
  }

  @Test
  void countsWhatWasRunAndWhatTheEngineHad() {
    steps.stepFinished(INTERNAL, false, Duration.ZERO);
    steps.stepFinished(COPY, true, Duration.ZERO);
    steps.log(RUN, "==> Compiling and packaging");
    steps.stepFinished(RUN, false, Duration.ofMillis(2500));
    steps.contextSent(42);
    assertThat(steps.statistics()).isEqualTo(new BuildResult.StepStatistics(42, 1, 1));
    assertThat(log.infos()).containsExactly("  Compiling and packaging", "    done in 2.5 s");
  }

  @Test
  void shortCommandsAreNotTimed() {
    steps.log(RUN, "==> Compiling and packaging");
    steps.stepFinished(RUN, false, Duration.ofMillis(900));
    assertThat(log.infos()).containsExactly("  Compiling and packaging");
  }

  @Test
  void aStepThatTellsNoPurposeIsNotTimed() {
    steps.log(RUN, "nothing to be done");
    steps.stepFinished(RUN, false, Duration.ofSeconds(10));
    assertThat(log.infos()).isEmpty();
  }

  @Test
  void remembersTheEndOfTheLastStepOnly() {
    steps.log(COPY, "old");
    for (int i = 0; i < 500; i++) {
      steps.log(RUN, "line " + i);
    }
    assertThat(steps.lastLines()).hasSize(400).startsWith("line 100").endsWith("line 499");
  }
}
