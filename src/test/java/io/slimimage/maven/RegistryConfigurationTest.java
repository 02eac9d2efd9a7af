package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryConfigurationTest {

  @TempDir private Path module;

  private RegistryConfiguration of(String... namesAndValues) {
    Problems problems = new Problems();
    RegistryConfiguration configuration =
        RegistryConfiguration.of(GivenParameters.of(namesAndValues), module, problems);
    problems.throwIfAny();
    return configuration;
  }

  @Test
  void trustsNobodyAndWaitsAMinuteByDefault() {
    RegistryConfiguration usual = of();

    assertThat(usual.insecure()).isEmpty();
    assertThat(usual.authorities()).isEmpty();
    assertThat(usual.mirrors()).isEmpty();
    assertThat(usual.idle()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void takesHostsWithAndWithoutAPort() {
    assertThat(of("insecureRegistries", "Registry.test, 10.0.0.1:5000,[::1]:5000").insecure())
        .containsExactlyInAnyOrder("registry.test", "10.0.0.1:5000", "[::1]:5000");
  }

  @Test
  void findsCertificatesInTheModule() throws IOException {
    Path file = Files.writeString(module.resolve("ca.pem"), "");

    assertThat(of("registry.ca", "ca.pem").authorities()).contains(file);
  }

  @Test
  void takesMirrorsWithPathsBySeveralSpellings() {
    RegistryConfiguration configuration =
        of(
            "registry.mirrors.index.docker.io", "https://mirror.example/hub/,other.example:5000",
            "registry.mirrors.Registry.Example", "mirror.example");

    assertThat(configuration.mirrors())
        .isEqualTo(
            Map.of(
                "docker.io", List.of("mirror.example/hub", "other.example:5000"),
                "registry.example", List.of("mirror.example")));
  }

  @Test
  void waitsAsLongAsIsSaid() {
    assertThat(of("registry.timeout", " 5 ").idle()).isEqualTo(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @CsvSource({
    "insecureRegistries,http://registry.example",
    "insecureRegistries,registry.example/path",
    "registry.ca,missing.pem",
    "registry.ca,.",
    "registry.timeout,0",
    "registry.timeout,-1",
    "registry.timeout,1m",
    "registry.timeout,10000000000",
    "registry.mirrors.docker.io,http://mirror.example",
    "registry.mirrors.docker.io,mirror example",
  })
  void refuses(String parameter, String value) {
    assertThatThrownBy(() -> of(parameter, value))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("'slimimage." + parameter + "' [" + value + "] must be")
        .hasMessageContaining("perhaps you should");
  }
}
