package io.slimimage.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostPolicyTest {

  private final HostPolicy policy = new HostPolicy(Set.of("Old.example", "new.example:5000"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:5000/",
        "http://LOCALHOST/",
        "http://127.0.0.1/",
        "http://127.1.2.3:1/",
        "http://[::1]:5000/",
        "http://old.example/",
        "http://old.EXAMPLE:80/",
        "http://new.example:5000/",
        "https://anybody.example/"
      })
  void allows(String address) {
    assertThat(policy.allows(URI.create(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://old.example:5000/",
        "http://new.example/",
        "http://new.example:80/",
        "http://127.example.com/",
        "http://127.0.0.1.example/",
        "http://localhost.example/",
        "http://10.0.0.1/",
        "http://[::2]/"
      })
  void refuses(String address) {
    assertThat(policy.allows(URI.create(address))).isFalse();
  }

  @Test
  void doesNotTakeTheUsualPortForAnother() {
    assertThat(policy.isInsecure("old.example", 443)).isTrue();
    assertThat(policy.isInsecure("new.example", 443)).isFalse();
  }
}
