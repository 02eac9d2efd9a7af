package io.slimimage.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EngineImagesTest {

  private static final String HEX = "0123456789abcdef".repeat(4);

  @Test
  void anIdOfPodmanIsTheOneOfDocker() {
    assertThat(EngineImages.withAlgorithm(HEX)).isEqualTo("sha256:" + HEX);
    assertThat(EngineImages.withAlgorithm("sha256:" + HEX)).isEqualTo("sha256:" + HEX);
  }
}
