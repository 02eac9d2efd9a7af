package io.slimimage.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HandoverTest {

  private final Handover handover = new Handover();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65535, 65536, 65537, 5_000_000})
  void givesTheBytesAndTheirEnd(int size) throws Exception {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    CompletableFuture<Void> making =
        CompletableFuture.runAsync(() -> put(new ByteArrayInputStream(bytes)));

    assertThat(handover.readAllBytes()).isEqualTo(bytes);
    assertThat(handover.read()).isEqualTo(-1);
    assertThat(handover.read(new byte[1], 0, 0)).isZero();
    making.get();
  }

  @Test
  void endsWaitingByAnInterrupt() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(handover::read).isInstanceOf(InterruptedIOException.class);
    assertThatThrownBy(handover::read).isInstanceOf(InterruptedIOException.class);
    assertThatThrownBy(() -> handover.putAll(InputStream.nullInputStream()))
        .isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  private void put(InputStream in) {
    try {
      handover.putAll(in);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
