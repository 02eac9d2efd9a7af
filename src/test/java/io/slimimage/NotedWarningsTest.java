package io.slimimage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NotedWarningsTest {

  private final RecordedLog log = new RecordedLog();
  private final NotedWarnings noted = new NotedWarnings(log);

  @Test
  void reachTheLogAndAreKeptOnce() {
    noted.info("Linking");
    noted.warn("The jar [a.jar] has native code for AArch64");
    noted.warn("The jar [b.jar] has native code for AArch64");
    noted.warn("The jar [a.jar] has native code for AArch64");

    assertThat(log.infos()).containsExactly("Linking");
    assertThat(log.warnings()).hasSize(3);
    assertThat(noted.warnings())
        .containsExactly(
            "The jar [a.jar] has native code for AArch64",
            "The jar [b.jar] has native code for AArch64");
  }
}
