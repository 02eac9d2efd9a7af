package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.ConfigurationException;
import io.slimimage.RecordedLog;
import io.slimimage.image.ImageConfig;
import io.slimimage.system.BaseSystem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuntimeReaderTest {

  @TempDir private Path module;

  private final RecordedLog log = new RecordedLog();

  private Optional<RuntimeConfiguration> read(String... namesAndValues) {
    Problems problems = new Problems();
    Parameters given = GivenParameters.of(namesAndValues);
    RuntimeChoice choice = choice(given);
    RuntimeReader reader = new RuntimeReader(given.runtime(), choice, problems);
    ImageConfig config =
        new ContainerReader(given.container(), problems)
            .read(List.of(reader.java()), Map.of(), reader.env());
    Optional<RuntimeConfiguration> runtime = reader.read(module, config, "/cache", log);
    problems.throwIfAny();
    return runtime;
  }

  private static RuntimeChoice choice(Parameters given) {
    Problems problems = new Problems();
    RuntimeChoice choice = RuntimeChoice.of(given.runtime(), new JavaRelease(17, 17), problems);
    problems.throwIfAny();
    return choice;
  }

  private static RuntimeReader reader(String... namesAndValues) {
    Parameters given = GivenParameters.of(namesAndValues);
    return new RuntimeReader(given.runtime(), choice(given), new Problems());
  }

  @Test
  void anImageWithARuntimeOfItsOwnStaysAsItIs() {
    assertThat(read("runtime", "jre")).isEmpty();
    assertThat(reader("runtime", "jre").java()).isEqualTo("java");
    assertThat(reader("runtime", "jre").env()).isEmpty();
  }

  @Test
  void aLinkedRuntimeIsFoundByItsPath() {
    assertThat(reader().java()).isEqualTo("/opt/java/bin/java");
    assertThat(reader().env())
        .containsExactly(
            Map.entry("JAVA_HOME", "/opt/java"),
            Map.entry("PATH", "/opt/java/bin"),
            Map.entry("LC_CTYPE", "C.UTF-8"));
  }

  @Test
  void thePathOfABaseImageIsItsOwn() {
    assertThat(reader("runtime", "jlink", "baseImage", "debian:12").env())
        .containsOnlyKeys("JAVA_HOME", "LC_CTYPE");
  }

  @Test
  void knowsWhatIsThereOnScratchAlone() {
    assertThat(read().orElseThrow().base()).isEqualTo(BaseSystem.SCRATCH);
    assertThat(read("runtime", "jlink", "baseImage", "debian:12").orElseThrow().base()).isNull();
  }

  @Test
  void addsTheModulesOfTheStartCommand() {
    assertThat(
            read("modules.add", "jdk.net", "container.env.JAVA_TOOL_OPTIONS", "-javaagent:/a.jar")
                .orElseThrow()
                .add())
        .containsExactly("jdk.net", "java.instrument");
    assertThat(
            read("modules", "java.base", "container.env.JAVA_TOOL_OPTIONS", "-javaagent:/a.jar")
                .orElseThrow()
                .add())
        .isEmpty();
  }

  @Test
  void onlyANumberHasTheHomeThatWeMake() {
    assertThat(read().orElseThrow().home()).isEqualTo("home/nonroot");
    assertThat(read("container.user", "root").orElseThrow().home()).isEmpty();
    assertThat(read("container.user", "0:0").orElseThrow().home()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"app", "1000:staff", "app:0", "nobody"})
  void nobodyKnowsNamesOnScratch(String user) {
    assertThatThrownBy(() -> read("container.user", user))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(
            "'slimimage.container.user' ["
                + user
                + "] must be a number on the base image 'scratch', which knows no names but root")
        .hasMessageContaining("write 65532:65532");
    assertThat(read("container.user", user, "runtime", "jlink", "baseImage", "debian:12"))
        .isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ko", "de-AT", "zh-Hans-CN", " ko "})
  void takesLanguages(String tag) {
    assertThat(read("locales", tag)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Korean language", "de_AT", "-", "und", "x"})
  void refusesWhatIsNoLanguage(String tag) {
    assertThatThrownBy(() -> read("locales", tag))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("'slimimage.locales' [" + tag + "] must be a language tag of BCP 47");
  }

  @ParameterizedTest
  @CsvSource({"LANG, de_DE.UTF-8", "LC_ALL, C", "LC_TIME, ko_KR.UTF-8"})
  void warnsOfLocalesThatUndoUtf8(String name, String value) {
    read("container.env." + name, value);
    assertThat(log.warnings())
        .singleElement()
        .asString()
        .contains(name + "' [" + value + "] keeps glibc from knowing UTF-8");
  }

  @ParameterizedTest
  @CsvSource({
    "LANG, C.UTF-8",
    "LC_ALL, C.utf8",
    "LANG, C",
    "LC_TIME, POSIX",
    "LC_CTYPE, C.UTF-8",
    "TZ, UTC"
  })
  void takesOtherVariablesAsTheyAre(String name, String value) {
    read("container.env." + name, value);
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void leavesTheLocalesOfABaseImageToTheUser() {
    read("runtime", "jlink", "baseImage", "debian:12", "container.env.LANG", "de_DE.UTF-8");
    assertThat(log.warnings()).isEmpty();
  }
}
