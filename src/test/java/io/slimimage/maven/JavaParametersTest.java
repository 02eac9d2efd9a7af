package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JavaParametersTest {

  private static void check(String... namesAndValues) {
    Problems problems = new Problems();
    JavaParameters.check(GivenParameters.of(namesAndValues), problems);
    problems.throwIfAny();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Main", "com.example.Main", "a.Outer$Main", "a.MainKt", "ä.Ö", "", " a.B "})
  void acceptsMainClass(String name) {
    assertThatCode(() -> check("mainClass", name)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"com/example/Main", "a..B", ".A", "A.", "1a", "a b", "${main}"})
  void rejectsMainClass(String name) {
    assertThatThrownBy(() -> check("mainClass", name))
        .hasMessageContaining("'slimimage.mainClass' [" + name + "] must be")
        .hasMessageContaining("write com.example.Main");
  }

  @Test
  void acceptsFlagsWithBlanks() {
    assertThatCode(() -> check("jvmFlags", "-Xmx64m,-Da=b c")).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Xmx1g\n  -Xss1m", "-Xmx1g\r-Xss1m", "-Xmx1g,,-Xss1m"})
  void rejectsFlagsOfSeveralLinesAndEmptyOnes(String flags) {
    assertThatThrownBy(() -> check("jvmFlags", flags))
        .hasMessageContaining("'slimimage.jvmFlags' [")
        .hasMessageContaining("one option for each item");
  }
}
