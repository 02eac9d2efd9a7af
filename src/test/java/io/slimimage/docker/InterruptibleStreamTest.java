package io.slimimage.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InterruptibleStreamTest {

  @AfterEach
  void forgetInterrupt() {
    Thread.interrupted();
  }

  @Test
  void readsForAThreadThatIsNotInterrupted() throws IOException {
    InputStream in = new InterruptibleStream(new ByteArrayInputStream(new byte[] {7, 8}));

    assertThat(in.read()).isEqualTo(7);
    assertThat(in.readAllBytes()).containsExactly(8);
  }

  @Test
  void endsBeforeItReadsForOneThatIs() {
    InputStream in = new InterruptibleStream(new ByteArrayInputStream(new byte[2]));
    Thread.currentThread().interrupt();

    assertThatThrownBy(in::read).isInstanceOf(InterruptibleStream.InterruptedRead.class);
    assertThatThrownBy(() -> in.read(new byte[1]))
        .isInstanceOf(InterruptibleStream.InterruptedRead.class);
  }

  @Test
  void endsWhereAChannelNoticesTheInterruptFirst() throws IOException {
    Pipe pipe = Pipe.open();
    try (InputStream source = Channels.newInputStream(pipe.source());
        Pipe.SinkChannel sink = pipe.sink()) {
      InputStream interrupted =
          new InterruptibleStream(
              new InputStream() {
                @Override
                public int read() throws IOException {
                  // As if it came while the channel waits.
                  Thread.currentThread().interrupt();
                  return source.read();
                }
              });

      assertThatThrownBy(interrupted::read).isInstanceOf(InterruptibleStream.InterruptedRead.class);
      assertThat(sink.isOpen()).isTrue();
    }
  }
}
