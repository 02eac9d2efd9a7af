package io.slimimage.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.ConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {

  @ParameterizedTest
  @CsvSource({
    "30s, 30000000000",
    "1m30s, 90000000000",
    "1h2m3.5s, 3723500000000",
    "1.5ms, 1500000",
    "1000us, 1000000",
    "1000000.9ns, 1000000",
    "999999ns1ns, 1000000",
    ".5s, 500000000",
    "2540400h, 9145440000000000000",
  })
  void durationsAreNanoseconds(String text, long nanos) {
    assertThat(GoDuration.nanos("p", text)).isEqualTo(nanos);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1", "s", "-1s", "1s2", "x1s", "1d", "0s", "999us", "9999999h", "1e3s"})
  void whatIsNoDurationOfAnEngineIsAMistakeOfTheConfiguration(String text) {
    assertThatThrownBy(() -> GoDuration.nanos("slimimage.x", text))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("'slimimage.x' [" + text + "]");
  }
}
