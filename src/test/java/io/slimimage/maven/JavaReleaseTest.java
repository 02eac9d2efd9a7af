package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavaReleaseTest {

  @ParameterizedTest
  @CsvSource({"1.8, 8", "8, 8", "1.8.0_412, 8", "11.0.1, 11", "17, 17", "' 21 ', 21", "25.0.1, 25"})
  void readsFeatureRelease(String version, int feature) {
    assertThat(JavaRelease.feature(version)).isEqualTo(feature);
  }

  @Test
  void garbageIsNoRelease() {
    assertThatThrownBy(() -> JavaRelease.feature("${java.version}"))
        .isInstanceOf(NumberFormatException.class);
  }

  @ParameterizedTest
  @CsvSource({"17, 17", "21, 21", "11, 17", "8, 17"})
  void theBuilderIsTheJdkInUseButNeverTooOldForThisPlugin(int jdk, int builder) {
    assertThat(new JavaRelease(jdk, 8).builder()).isEqualTo(builder);
  }

  @ParameterizedTest
  @CsvSource({
    "17, 17, 17",
    "21, 17, 21",
    "21, 11, 11",
    "21, 8, 8",
    "17, 7, 8",
    "17, 10, 11",
    "21, 16, 17"
  })
  void theRuntimeIsOneThatThereAreImagesOf(int jdk, int level, int runtime) {
    assertThat(new JavaRelease(jdk, level).runtime()).isEqualTo(runtime);
  }
}
