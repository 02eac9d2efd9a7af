package io.slimimage.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.ConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformTest {

  @ParameterizedTest
  @CsvSource({
    "linux/amd64, linux/amd64",
    "Linux/X86_64, linux/amd64",
    "linux/aarch64, linux/arm64",
    "linux/arm64/v8, linux/arm64",
    "linux/arm64/8, linux/arm64",
    "linux/arm64/v9, linux/arm64/v9",
    "linux/arm, linux/arm/v7",
    "linux/arm/v6, linux/arm/v6",
    "linux/armel, linux/arm/v6",
    "linux/armhf, linux/arm/v7",
    "linux/i386, linux/386",
    "linux/amd64/v1, linux/amd64",
    "linux/amd64/v3, linux/amd64/v3",
    "windows/amd64, windows/amd64",
    "' linux/s390x ', linux/s390x"
  })
  void normalizesNames(String value, String normalized) {
    assertThat(Platform.parse(value)).hasToString(normalized);
    assertThat(Platform.parse(normalized)).isEqualTo(Platform.parse(value));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "linux",
        "/amd64",
        "linux/",
        "linux/arm/",
        "linux/arm/v7/x",
        "li nux/x",
        "a//b"
      })
  void rejectsWhatHasNoSystemOrProcessor(String value) {
    assertThatThrownBy(() -> Platform.parse(value))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("platform [" + value + "] must be in the form 'os/arch[/variant]'");
  }

  @ParameterizedTest
  @CsvSource({
    "linux/amd64, linux/amd64",
    "linux/amd64/v3, linux/amd64/v3 linux/amd64/v2 linux/amd64",
    "linux/arm64, linux/arm64",
    "linux/arm64/v9, linux/arm64/v9 linux/arm64",
    "linux/arm/v7, linux/arm/v7 linux/arm/v6 linux/arm/v5",
    "linux/arm/v6, linux/arm/v6 linux/arm/v5",
    "linux/arm/v5, linux/arm/v5",
    "linux/s390x, linux/s390x",
    "linux/riscv64/x, linux/riscv64/x"
  })
  void runsImagesOfOlderVariants(String platform, String all) {
    assertThat(Platform.parse(platform).compatible())
        .extracting(Platform::toString)
        .containsExactly(all.split(" "));
  }
}
