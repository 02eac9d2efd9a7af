package io.slimimage.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.SlimImageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {

  private static final String ABC =
      "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void computesTheSameFromBytesBlobAndStream() throws IOException {
    byte[] abc = "abc".getBytes(UTF_8);
    assertThat(Digest.sha256(abc)).hasToString(ABC);
    assertThat(Digest.sha256(Blob.of(abc))).isEqualTo(Digest.parse(ABC));
    MeasuringOutputStream out = new MeasuringOutputStream(new ByteArrayOutputStream());
    out.write('a');
    out.write(abc, 1, 2);
    assertThat(out.size()).isEqualTo(3);
    assertThat(out.digest()).isEqualTo(Digest.parse(ABC));
  }

  @Test
  void computesBothChecksumsOfAPublishedFile() throws IOException {
    Checksums checksums = Checksums.of(Blob.of("abc".getBytes(UTF_8)));
    assertThat(checksums.sha1()).isEqualTo("a9993e364706816aba3e25717850c26c9cd0d89d");
    assertThat("sha256:" + checksums.sha256()).isEqualTo(ABC);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "abc",
        "sha256:",
        "sha256:ba78",
        ":ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "md5:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "sha256:BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
        "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ag"
      })
  void rejectsWhatIsNoDigest(String text) {
    assertThatThrownBy(() -> Digest.parse(text))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("is not a digest")
        .hasMessageContaining("perhaps you should");
  }
}
