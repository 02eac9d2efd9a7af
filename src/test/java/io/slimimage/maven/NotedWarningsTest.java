package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;

import io.slimimage.RecordedLog;
import io.slimimage.modules.Jdk;
import io.slimimage.modules.ModuleSet;
import io.slimimage.runtime.SlimRuntime;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
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

  @Test
  void travelWithTheReport() {
    noted.warn("The class [a.\"B\"] is damaged");
    SlimRuntime runtime = new SlimRuntime(List.of(), new ModuleSet(List.of(), Set.of()));
    Jdk jdk = Jdk.at(Path.of(System.getProperty("java.home")));

    String line = RuntimeReport.of(jdk, runtime, noted.warnings()).toLine();
    assertThat(RuntimeReport.parse(line).warnings()).isEqualTo(noted.warnings());
    assertThat(RuntimeReport.parse("{\"modules\":[]}").warnings()).isEmpty();
  }
}
