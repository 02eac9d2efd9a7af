package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.ConfigurationException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuntimeChoiceTest {

  private static final JavaRelease MODERN = new JavaRelease(21, 17);
  private static final JavaRelease OLD = new JavaRelease(17, 11);

  private static RuntimeChoice choose(JavaRelease java, String... namesAndValues) {
    Problems problems = new Problems();
    RuntimeChoice choice =
        RuntimeChoice.of(GivenParameters.of(namesAndValues).runtime(), java, problems)
            .forEngine(Path.of("module"), problems);
    problems.throwIfAny();
    return choice;
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', true, scratch",
    "'', scratch, true, scratch",
    "jlink, '', true, scratch",
    "' jlink ', ' scratch ', true, scratch",
    "jre, '', false, eclipse-temurin:21-jre",
    "'', eclipse-temurin:25-jre, false, eclipse-temurin:25-jre",
    "jre, company.example/jre:1, false, company.example/jre:1",
    "jlink, debian:12-slim, true, debian:12-slim",
    "jlink, debian, true, debian:latest",
    "jre, docker://company.example/jre:1, false, company.example/jre:1"
  })
  void followsTheParameters(String runtime, String base, boolean linked, String image) {
    RuntimeChoice choice = choose(MODERN, "runtime", runtime, "baseImage", base);

    assertThat(choice.linked()).isEqualTo(linked);
    assertThat(choice.baseImage()).isEqualTo(image);
    assertThat(choice.onScratch()).isEqualTo(image.equals("scratch"));
    assertThat(choice.reason()).isEmpty();
  }

  @Test
  void saysWhyAnOldApplicationGetsAWholeRuntime() {
    RuntimeChoice choice = choose(OLD);

    assertThat(choice.linked()).isFalse();
    assertThat(choice.baseImage()).isEqualTo("eclipse-temurin:11-jre");
    assertThat(choice.reason())
        .contains(
            "The application is for Java 11, so its image gets a whole runtime of that release:"
                + " from 17 on it gets a trimmed one");
  }

  @Test
  void anOldApplicationCanHaveALinkedRuntime() {
    assertThat(choose(OLD, "runtime", "jlink").onScratch()).isTrue();
    assertThat(choose(OLD, "baseImage", "tomcat:9").reason()).isEmpty();
  }

  @Test
  void refusesAnotherRuntime() {
    assertThatThrownBy(() -> choose(MODERN, "runtime", "graal"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("'slimimage.runtime' [graal] must be one of jlink, jre");
  }

  @Test
  void refusesAnImageThatIsNone() {
    assertThatThrownBy(() -> choose(MODERN, "baseImage", "Debian!"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("'slimimage.baseImage' [Debian!]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tar://base.tar", "oci://layout"})
  void noDockerEngineStartsFromAFile(String base) {
    assertThatThrownBy(() -> choose(MODERN, "baseImage", base))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("'slimimage.baseImage' [" + base + "]")
        .hasMessageContaining("set 'slimimage.engine' to embedded");
  }

  @Test
  void nothingAloneHasNoJava() {
    assertThatThrownBy(() -> choose(MODERN, "runtime", "jre", "baseImage", "scratch"))
        .hasMessageContaining(
            "'slimimage.baseImage' [scratch] must be an image with a Java runtime")
        .hasMessageContaining("eclipse-temurin:21-jre");
    assertThatThrownBy(() -> choose(OLD, "baseImage", "scratch"))
        .hasMessageContaining("eclipse-temurin:11-jre");
  }

  @ParameterizedTest
  @ValueSource(strings = {"modules", "modules.add", "modules.exclude", "locales", "caCertificates"})
  void refusesWhatOnlyALinkedRuntimeKnows(String parameter) {
    assertThat(choose(MODERN, parameter, "a,b").linked()).isTrue();
    assertThatThrownBy(() -> choose(MODERN, "runtime", "jre", parameter, "a,b"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("'slimimage." + parameter + "' [a, b] says what to link")
        .hasMessageContaining("set 'slimimage.runtime' to jlink");
  }
}
