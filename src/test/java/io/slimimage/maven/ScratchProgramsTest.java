package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;

import io.slimimage.image.ImageConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScratchProgramsTest {

  @TempDir private Path extra;

  private List<String> warnings(String... namesAndValues) {
    Problems problems = new Problems();
    ImageConfig config =
        new ContainerReader(GivenParameters.of(namesAndValues).container(), problems)
            .read(
                List.of("/opt/java/bin/java", "-jar", "/app/app.jar"),
                Map.of(),
                Map.of("PATH", "/opt/java/bin"));
    problems.throwIfAny();
    return new ScratchPrograms(config, extra).warnings();
  }

  @Test
  void saysNothingOfTheDefaults() {
    assertThat(warnings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"java", "keytool", "/opt/java/bin/jfr", "/opt/java/lib/jspawnhelper"})
  void javaIsThere(String program) {
    assertThat(warnings("container.entrypoint", program + ",-x")).isEmpty();
    assertThat(warnings("container.healthcheck", program + ",-x")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "curl", "/bin/sh", "/usr/bin/java", "CMD-SHELL", "./run", "a/java"})
  void warnsOfWhatIsNotThere(String program) {
    assertThat(
            warnings(
                "container.entrypoint", program + ",-c", "container.healthcheck", program + ",-f"))
        .satisfiesExactly(
            entrypoint ->
                assertThat(entrypoint)
                    .startsWith("'slimimage.container.entrypoint' [" + program + ",-c] cannot run")
                    .contains("perhaps you should"),
            healthcheck ->
                assertThat(healthcheck)
                    .startsWith("'slimimage.container.healthcheck.command' [" + program + ",-f]"));
  }

  @Test
  void aPathWithoutJavaHasNoJava() {
    assertThat(warnings("container.entrypoint", "java,-version", "container.env.PATH", "/usr/bin:"))
        .hasSize(1);
  }

  @Test
  void findsWhatTheProjectBrings() throws IOException {
    Files.createDirectories(extra.resolve("usr/bin"));
    Files.write(extra.resolve("usr/bin/probe"), new byte[] {0x7f, 'E', 'L', 'F'});

    assertThat(warnings("container.healthcheck", "/usr/bin/probe")).isEmpty();
    assertThat(warnings("container.healthcheck", "probe")).hasSize(1);
    assertThat(warnings("container.healthcheck", "probe", "container.env.PATH", "/bin:/usr/bin"))
        .isEmpty();
    assertThat(
            warnings("container.healthcheck", "bin/probe", "container.workingDirectory", "/usr/"))
        .isEmpty();
  }

  @Test
  void warnsOfAScriptWithoutItsShell() throws IOException {
    Files.writeString(extra.resolve("run.sh"), "#!/bin/sh -e\nexec java\n");
    Files.writeString(extra.resolve("own.jsh"), "#! /opt/java/bin/java --source 17\n");

    assertThat(warnings("container.entrypoint", "/run.sh")).hasSize(1);
    assertThat(warnings("container.entrypoint", "/own.jsh")).isEmpty();
  }
}
