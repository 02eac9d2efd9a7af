package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;

import io.slimimage.RecordedLog;
import io.slimimage.image.ImageConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuntimeReaderTest {

  private final RecordedLog log = new RecordedLog();

  private void read(String baseImage, String variable) {
    Problems problems = new Problems();
    Parameters given =
        GivenParameters.of(
            "container.env." + variable.replaceAll("=.*", ""), variable.replaceAll(".*?=", ""));
    ImageConfig config =
        new ContainerReader(given.container(), problems).read(List.of(), Map.of(), Map.of());
    RuntimeChoice choice = new RuntimeChoice(true, baseImage, Optional.empty());
    new RuntimeReader(given.runtime(), choice, problems).read(Path.of("."), config, "cache", log);
    problems.throwIfAny();
  }

  @ParameterizedTest
  @ValueSource(strings = {"LANG=C.UTF-8", "LANG=de_DE.UTF-8", "LC_ALL=C", "LC_TIME=ko_KR.UTF-8"})
  void warnsOfLocalesThatUndoUtf8(String variable) {
    read(RuntimeChoice.SCRATCH, variable);
    assertThat(log.warnings())
        .singleElement()
        .asString()
        .contains(variable.replace("=", "' [") + "] keeps glibc from knowing UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"LANG=C", "LANG=POSIX", "LC_TIME=C", "LC_CTYPE=C.UTF-8", "TZ=UTC"})
  void takesOtherVariablesAsTheyAre(String variable) {
    read(RuntimeChoice.SCRATCH, variable);
    assertThat(log.warnings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"LANG=de_DE.UTF-8"})
  void leavesTheLocalesOfABaseImageToTheUser(String variable) {
    read("debian:12", variable);
    assertThat(log.warnings()).isEmpty();
  }
}
