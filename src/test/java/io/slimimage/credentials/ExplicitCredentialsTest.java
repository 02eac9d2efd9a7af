package io.slimimage.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplicitCredentialsTest {

  @ParameterizedTest
  @CsvSource({
    "localhost:5000, localhost:5000",
    "localhost, localhost:5000",
    "Registry.Example.com, registry.example.com",
    "https://registry.example.com/, registry.example.com",
    "docker.io, docker.io",
    "registry-1.docker.io, docker.io",
    "https://index.docker.io/v1/, docker.io",
    "docker.io, index.docker.io",
  })
  void matchesTheServerIdWithTheRegistry(String id, String registry) {
    assertThat(ExplicitCredentials.of(Map.of(id, named(id))).find(registry)).contains(named(id));
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:5001, localhost:5000",
    "localhost:5000, localhost",
    "example.com, registry.example.com",
    "releases, docker.io",
  })
  void leavesOtherServersAlone(String id, String registry) {
    assertThat(ExplicitCredentials.of(Map.of(id, named(id))).find(registry)).isEmpty();
  }

  @Test
  void prefersTheIdWithThePort() {
    Map<String, Credentials> servers = new LinkedHashMap<>();
    servers.put("localhost", named("without"));
    servers.put("localhost:5000", named("with"));

    ExplicitCredentials source = ExplicitCredentials.of(servers);

    assertThat(source.find("localhost:5000")).contains(named("with"));
    assertThat(source.find("localhost:5001")).contains(named("without"));
  }

  @Test
  void resolvesOnlyWhatMatches() {
    List<String> resolved = new ArrayList<>();
    ExplicitCredentials source =
        new ExplicitCredentials(
            List.of("broken", "ghcr.io"),
            id -> {
              resolved.add(id);
              return Optional.of(named(id));
            });

    assertThat(source.find("ghcr.io")).contains(named("ghcr.io"));
    assertThat(source.find("quay.io")).isEmpty();
    assertThat(resolved).containsExactly("ghcr.io");
  }

  @Test
  void goesOnToTheNextIdWhereOneCannotBeResolved() {
    ExplicitCredentials source =
        new ExplicitCredentials(
            List.of("localhost:5000", "localhost"),
            id -> id.equals("localhost") ? Optional.of(named(id)) : Optional.empty());

    assertThat(source.find("localhost:5000")).contains(named("localhost"));
  }

  private static Credentials named(String user) {
    return new Credentials(user, "pw", "", "settings.xml");
  }
}
