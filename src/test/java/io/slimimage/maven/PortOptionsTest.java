package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PortOptionsTest {

  @Test
  void publishesEachPortAsItself() {
    assertThat(PortOptions.of(List.of())).isEmpty();
    assertThat(PortOptions.of(List.of("8080/tcp"))).isEqualTo("-p 8080:8080 ");
    assertThat(PortOptions.of(List.of("8080/tcp", "53/udp", "80/tcp")))
        .isEqualTo("-p 8080:8080 -p 53:53/udp -p 80:80 ");
  }

  @Test
  void aRangeIsOneOption() {
    List<String> range =
        IntStream.rangeClosed(10_000, 60_000).mapToObj(port -> port + "/udp").toList();
    assertThat(PortOptions.of(range)).isEqualTo("-p 10000-60000:10000-60000/udp ");
    assertThat(PortOptions.of(List.of("1/tcp", "2/tcp", "4/tcp", "3/tcp")))
        .isEqualTo("-p 1-2:1-2 -p 4:4 -p 3:3 ");
  }

  @Test
  void portsOfOtherProtocolsAreNotOfTheRange() {
    assertThat(PortOptions.of(List.of("1/tcp", "2/udp", "3/udp", "4/sctp")))
        .isEqualTo("-p 1:1 -p 2-3:2-3/udp -p 4:4/sctp ");
  }

  /** Engines publish none twice. */
  @Test
  void aPortIsPublishedOnce() {
    assertThat(PortOptions.of(List.of("81/tcp", "80/tcp", "81/tcp", "82/tcp")))
        .isEqualTo("-p 81:81 -p 80:80 -p 82:82 ");
  }
}
