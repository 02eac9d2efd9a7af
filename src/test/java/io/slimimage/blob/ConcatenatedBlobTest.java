package io.slimimage.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConcatenatedBlobTest {

  private final Blob middle = blob("cdef");
  private final Blob whole =
      ConcatenatedBlob.of(
          List.of(blob(""), blob("ab"), blob(""), blob(""), middle, blob(""), blob("g")));

  private static Blob blob(String text) {
    return Blob.of(text.getBytes(UTF_8));
  }

  private static String read(Blob blob) throws IOException {
    try (InputStream in = blob.open()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Test
  void readsEveryRegionByStreamAndByChannel() throws IOException {
    String text = "abcdefg";
    assertThat(read(whole)).isEqualTo(text);
    for (int from = 0; from <= text.length(); from++) {
      for (int to = from; to <= text.length(); to++) {
        Blob region = whole.region(from, to - from);
        assertThat(read(region)).isEqualTo(text.substring(from, to));
        try (SeekableByteChannel channel = whole.openChannel()) {
          ByteBuffer bytes = ZipCatalog.bytes(channel.position(from), from, to - from);
          assertThat(UTF_8.decode(bytes).toString()).isEqualTo(text.substring(from, to));
          assertThat(channel.position()).isEqualTo(to);
        }
      }
    }
  }

  /** So that an entry of a jar is read without all that lies before it. */
  @Test
  void isAPartWhereARegionIsOne() {
    assertThat(whole.region(2, 4)).isSameAs(middle);
    assertThat(whole.region(2, 3)).isNotSameAs(middle);
  }

  @Test
  void endsWhereItsChannelEnds() throws IOException {
    SeekableByteChannel channel = whole.openChannel();
    assertThat(channel.size()).isEqualTo(7);
    assertThat(channel.position(7).read(ByteBuffer.allocate(1))).isEqualTo(-1);
    assertThat(channel.position(0).read(ByteBuffer.allocate(0))).isZero();
    channel.close();
    assertThat(channel.isOpen()).isFalse();
    assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1)))
        .isInstanceOf(ClosedChannelException.class);
  }

  @Test
  void refusesRegionsBeyondItsEnd() {
    assertThatThrownBy(() -> whole.region(3, 5)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> whole.region(8, 0)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
