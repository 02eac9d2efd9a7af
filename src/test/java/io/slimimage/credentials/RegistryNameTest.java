package io.slimimage.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryNameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "docker.io",
        "Docker.IO",
        "index.docker.io",
        "registry-1.docker.io",
        "registry.hub.docker.com",
        "https://index.docker.io/v1/",
        "https://index.docker.io/v1",
        "http://registry-1.docker.io/",
      })
  void knowsDockerHubByAllItsNames(String address) {
    RegistryName name = RegistryName.of(address);

    assertThat(name.isDockerHub()).isTrue();
    assertThat(name).isEqualTo(RegistryName.of("docker.io")).hasToString("docker.io");
    assertThat(name.serverAddress()).isEqualTo("https://index.docker.io/v1/");
  }

  @ParameterizedTest
  @CsvSource({
    "https://Registry.Example.com/v2/, registry.example.com",
    "HTTP://registry.example.com:5000, registry.example.com:5000",
    "registry.example.com:443, registry.example.com:443",
    "localhost:5000/, localhost:5000",
    "https://[::1]:5000/v2/, [::1]:5000",
    "'My Server', my server",
    "docker.io.example.com, docker.io.example.com",
    "'', ''",
  })
  void reducesAnyAddressToHostAndPort(String address, String expected) {
    RegistryName name = RegistryName.of(address);

    assertThat(name.authority()).isEqualTo(expected);
    assertThat(name.serverAddress()).isEqualTo(expected);
    assertThat(name.isDockerHub()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:5000, localhost",
    "localhost, localhost",
    "[::1]:5000, [::1]",
    "[::1], [::1]",
    "docker.io, docker.io",
  })
  void dropsThePort(String address, String expected) {
    assertThat(RegistryName.of(address).withoutPort().authority()).isEqualTo(expected);
  }

  @Test
  void tellsThePathWithoutSlashes() {
    assertThat(RegistryName.pathOf("https://quay.io/team/app/")).isEqualTo("team/app");
    assertThat(RegistryName.pathOf("https://quay.io//")).isEmpty();
    assertThat(RegistryName.pathOf("quay.io")).isEmpty();
  }
}
