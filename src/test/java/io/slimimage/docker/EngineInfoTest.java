package io.slimimage.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineInfoTest {

  @ParameterizedTest
  @CsvSource({
    "1.41, linux, '', false, true",
    "1.39, linux, '', false, true",
    "1.38, linux, '', false, false",
    "1.51, linux, 2, false, true",
    "2.0, linux, '', false, true",
    "1.41, linux, '', true, false",
    "1.24, windows, '', false, false",
    "1.45, windows, '', false, false",
    "'', linux, '', false, false",
    "1.41-beta, linux, 2, true, true"
  })
  void choosesBuildKitWhereTheEngineHasIt(
      String api, String os, String builder, boolean podman, boolean expected) {
    EngineInfo info = new EngineInfo("1", api, os, "amd64", builder, podman);
    assertThat(info.supportsBuildKit()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "1.41, false, false",
    "1.42, false, true",
    "2.0, false, true",
    "1.41, true, true",
    "'', false, false"
  })
  void knowsWhichEnginesReadZstd(String api, boolean podman, boolean expected) {
    EngineInfo info = new EngineInfo("1", api, "linux", "amd64", "", podman);
    assertThat(info.supportsZstd()).isEqualTo(expected);
  }
}
