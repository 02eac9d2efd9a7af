package io.slimimage.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BuildKitTraceTest {

  /** What Engine 20.10 sent for a step that failed. */
  private static final String FAILED_STEP =
      "CuECCkdzaGEyNTY6YTUwZmU4MWY2OWM0MDU4YTJkZmUzNjRlOWM1MzE1Mzg4Yjg1OTI3MDk0NWYwZmRkNDkwMTRlYWYwMjU1"
          + "MTRjORJHc2hhMjU2OjNlNGUzMDlmZGRhMmI5NmJiOGQwZDI5MGJhODg4Zjk4OTA1N2Q0MDkzNmU5ZjE4NGJjNzhiYzlkYWRm"
          + "YjM5YTUaQ1syLzJdIFJVTiBlY2hvIGhlbGxvOyBmb3IgaSBpbiAxIDIgMzsgZG8gZWNobyBsaW5lICRpOyBkb25lOyBleGl0"
          + "IDMqDAjn9IjYBhCIjIb/ATIMCOf0iNgGEMrHzrACOmxleGVjdXRvciBmYWlsZWQgcnVubmluZyBbL2Jpbi9zaCAtYyBlY2hv"
          + "IGhlbGxvOyBmb3IgaSBpbiAxIDIgMzsgZG8gZWNobyBsaW5lICRpOyBkb25lOyBleGl0IDNdOiBleGl0IGNvZGU6IDM=";

  /** What Engine 20.10 sent for two lines of a step's output. */
  private static final String LOG =
      "GmkKR3NoYTI1NjphNTBmZTgxZjY5YzQwNThhMmRmZTM2NGU5YzUzMTUzODhiODU5MjcwOTQ1ZjBmZGQ0OTAxNGVhZjAyNTUx"
          + "NGM5EgwI5/SI2AYQ04D/qAIYASIObGluZSAyCmxpbmUgMwo=";

  @Test
  void decodesARecordedStep() throws IOException {
    BuildKitTrace trace = BuildKitTrace.decode(Base64.getDecoder().decode(FAILED_STEP));

    assertThat(trace.logs()).isEmpty();
    assertThat(trace.vertexes()).hasSize(1);
    BuildKitTrace.Vertex vertex = trace.vertexes().get(0);
    assertThat(vertex.digest()).startsWith("sha256:a50fe81f").hasSize(71);
    assertThat(vertex.name()).startsWith("[2/2] RUN echo hello;");
    assertThat(vertex.cached()).isFalse();
    assertThat(vertex.started()).isAfter(Instant.parse("2026-11-22T00:00:00Z"));
    assertThat(Duration.between(vertex.started(), vertex.completed()))
        .isBetween(Duration.ofMillis(10), Duration.ofSeconds(1));
    assertThat(vertex.error()).endsWith("exit code: 3");
  }

  @Test
  void decodesRecordedOutput() throws IOException {
    BuildKitTrace trace = BuildKitTrace.decode(Base64.getDecoder().decode(LOG));

    assertThat(trace.vertexes()).isEmpty();
    BuildKitTrace.Log log = trace.logs().get(0);
    assertThat(log.vertex()).startsWith("sha256:a50fe81f");
    assertThat(log.stream()).isEqualTo(1);
    assertThat(new String(log.message(), StandardCharsets.UTF_8)).isEqualTo("line 2\nline 3\n");
  }

  @Test
  void passesOverFieldsOfEveryKindThatItDoesNotKnow() throws IOException {
    byte[] vertex =
        bytes(
            0x0a, 1, 'd', // digest
            0x98, 0x06, 0xff, 0x01, // 99: a number
            0xa1, 0x06, 1, 2, 3, 4, 5, 6, 7, 8, // 100: 64 bits
            0xad, 0x06, 1, 2, 3, 4, // 101: 32 bits
            0xb2, 0x06, 2, 'x', 'y', // 102: bytes
            0xbb, 0x06, 0x0b, 0x08, 1, 0x0c, 0xbc, 0x06, // 103: a group with a group in it
            0x20, 1, // cached
            0x1a, 1, 'n'); // name
    byte[] message = concat(bytes(0x12, 0, 0x22, 1, 'w', 0x0a, vertex.length), vertex);

    BuildKitTrace trace = BuildKitTrace.decode(message);

    assertThat(trace.vertexes())
        .containsExactly(new BuildKitTrace.Vertex("d", "n", true, null, null, ""));
  }

  @Test
  void rejectsALengthBeyondTheMessage() {
    assertThatThrownBy(() -> BuildKitTrace.decode(bytes(0x0a, 0x7f, 'x')))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("longer than its message");
    assertThatThrownBy(
            () -> BuildKitTrace.decode(bytes(0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f)))
        .isInstanceOf(IOException.class);
    // -1 as a length
    assertThatThrownBy(
            () ->
                BuildKitTrace.decode(
                    bytes(0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void rejectsAFieldOfTheWrongType() {
    assertThatThrownBy(() -> BuildKitTrace.decode(bytes(0x08, 1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Wire type 0 where 2 is expected");
  }

  @Test
  void neverFailsOtherThanWithAnIoException() {
    Random random = new Random(42);
    byte[] recorded = Base64.getDecoder().decode(FAILED_STEP);
    for (int i = 0; i < 20_000; i++) {
      byte[] broken = Arrays.copyOf(recorded, random.nextInt(recorded.length));
      for (int j = 0; j < 3 && broken.length > 0; j++) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt();
      }
      try {
        BuildKitTrace.decode(broken);
      } catch (IOException e) {
        assertThat(e).hasMessageNotContaining("Exception");
      }
    }
  }

  private static byte[] bytes(int... values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int value : values) {
      out.write(value);
    }
    return out.toByteArray();
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }
}
