package io.slimimage.blob;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FileStampTest {

  private final FileStamp stamp = new FileStamp(1, 2, 3, 4);

  @Test
  void equalsOneWithTheSameNumbers() {
    assertThat(stamp).isEqualTo(new FileStamp(1, 2, 3, 4));
    assertThat(stamp).hasSameHashCodeAs(new FileStamp(1, 2, 3, 4));
  }

  @Test
  void differsByEachOfThem() {
    assertThat(stamp)
        .isNotEqualTo(new FileStamp(0, 2, 3, 4))
        .isNotEqualTo(new FileStamp(1, 0, 3, 4))
        .isNotEqualTo(new FileStamp(1, 2, 0, 4))
        .isNotEqualTo(new FileStamp(1, 2, 3, 0));
  }
}
