package io.slimimage.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostImageTest {

  @Test
  void isGivenWhereItHasAName() {
    assertThat(HostImage.isGiven("lab/host:17")).isTrue();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " "})
  void isNotWhereItHasNone(String image) {
    assertThat(HostImage.isGiven(image)).isFalse();
  }
}
