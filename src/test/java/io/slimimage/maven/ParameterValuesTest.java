package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterValuesTest {

  private final Problems problems = new Problems();
  private final ParameterValues values = new ParameterValues(problems);
  private final Properties project = new Properties();

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1700000000, 1700000000",
    "1970-01-01T00:00:10Z, 10",
    "1970-01-01T01:00:10+01:00, 10",
    "1970-01-01T01:00:10+0100, 10",
    "1970-01-01T00:00:10.9Z, 10",
    "' 1970-01-01T00:00:10Z ', 10"
  })
  void readsTimes(String given, long seconds) {
    assertThat(values.created(given, project)).isEqualTo(seconds);
    problems.throwIfAny();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-01-31T12:00:00", "2026-01-31", "now", "-5", "99999999999999"})
  void rejectsTimes(String given) {
    values.created(given, project);
    assertThatThrownBy(problems::throwIfAny)
        .hasMessageContaining("'slimimage.created' [" + given + "] must be a time with its zone")
        .hasMessageContaining("write 2026-01-31T12:00:00Z");
  }

  @Test
  void theProjectsTimestampCountsWhereNothingIsGiven() {
    project.setProperty("project.build.outputTimestamp", "1970-01-01T00:01:00Z");
    assertThat(values.created(null, project)).isEqualTo(60);
    assertThat(values.created(" ", project)).isEqualTo(60);
    assertThat(values.created("5", project)).isEqualTo(5);
  }

  @Test
  void theEpochIsTheLastResort() {
    assertThat(values.created(null, project)).isZero();
    project.setProperty("project.build.outputTimestamp", "x");
    assertThat(values.created(null, project)).isZero();
    problems.throwIfAny();
  }

  @ParameterizedTest
  @CsvSource({"true, true", "'', true", "TRUE, true", "' false', false", ", true"})
  void readsFlags(String given, boolean flag) {
    assertThat(values.flag("builder.test", given, true)).isEqualTo(flag);
    problems.throwIfAny();
  }

  @Test
  void rejectsFlags() {
    values.flag("builder.test", "yes", false);
    assertThatThrownBy(problems::throwIfAny)
        .hasMessageContaining("'slimimage.builder.test' [yes] must be 'true' or 'false'");
  }
}
