package io.slimimage.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class UploadPipeTest {

  private final AtomicInteger disconnected = new AtomicInteger();
  private final UploadPipe pipe = new UploadPipe(disconnected::incrementAndGet);

  @Test
  void passesEverythingOnInOrder() throws Exception {
    byte[] data = new byte[3_000_001];
    new Random(1).nextBytes(data);
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              try (OutputStream sink = pipe.sink()) {
                sink.write(data[0]);
                sink.write(data, 1, 700_000);
                sink.write(data, 700_001, data.length - 700_001);
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });

    assertThat(pipe.source().readAllBytes()).isEqualTo(data);
    writer.get(5, TimeUnit.SECONDS);
    assertThat(pipe.written()).isEqualTo(data.length);
    assertThat(disconnected).hasValue(0);
  }

  @Test
  void aWriterThatFailsIsNoEnd() throws IOException {
    pipe.sink().write(new byte[100]);
    pipe.fail(new IOException("disk"));

    assertThatThrownBy(() -> pipe.source().readAllBytes()).hasRootCauseMessage("disk");
    assertThat(disconnected).hasValue(1);
    assertThat(pipe.failure()).hasMessage("disk");
  }

  @Test
  void aReaderThatGoesAwayFreesTheWriter() {
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              try (OutputStream sink = pipe.sink()) {
                while (true) {
                  sink.write(new byte[100_000]);
                }
              } catch (IOException e) {
                pipe.fail(e);
                throw new IllegalStateException(e);
              }
            });

    pipe.abandon();

    assertThatThrownBy(() -> writer.get(5, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("The engine takes no more");
    // It is no failure of the writer's own.
    assertThat(pipe.failure()).isNull();
  }

  @Test
  void readsByteByByte() throws IOException {
    try (OutputStream sink = pipe.sink()) {
      sink.write(0xff);
    }
    InputStream source = pipe.source();
    assertThat(source.read()).isEqualTo(0xff);
    assertThat(source.read()).isEqualTo(-1);
  }
}
