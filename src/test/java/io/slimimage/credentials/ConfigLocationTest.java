package io.slimimage.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import io.slimimage.RecordedLog;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The places where files are looked for, seen through the credentials that are found. */
class ConfigLocationTest {

  @TempDir Path directory;
  private final RecordedLog log = new RecordedLog();
  private UserFiles files;

  @BeforeEach
  void createHome() {
    files = new UserFiles(directory);
  }

  @Test
  void readsTheDirectoryOfDockerConfigInsteadOfHome() throws Exception {
    files.dockerConfig(config("home"));
    files.write("ci/config.json", config("ci"));

    assertThat(user()).contains("home");
    files.with("DOCKER_CONFIG", directory.resolve("ci"));
    assertThat(user()).contains("ci");
    files.with("DOCKER_CONFIG", directory.resolve("empty"));
    assertThat(user()).isEmpty();
    files.with("DOCKER_CONFIG", "");
    assertThat(user()).contains("home");
  }

  @Test
  void readsHomeBeforeJavasUserHome() throws Exception {
    files.write("java-home/.docker/config.json", config("java"));
    assertThat(user()).contains("java");

    files.dockerConfig(config("home"));
    assertThat(user()).contains("home");

    files.without("HOME");
    assertThat(user()).contains("java");
  }

  @Test
  void livesWithoutAnyHome() {
    UserEnvironment environment = new UserEnvironment(Map.of(), null, false);

    assertThat(new DockerConfigCredentials(environment, log).find("ghcr.io")).isEmpty();
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void readsTheLegacyFileWhereThereIsNoOther() throws Exception {
    files.write("home/.dockercfg", entry("legacy"));
    assertThat(user()).contains("legacy");

    files.dockerConfig("{}");
    assertThat(user()).isEmpty();
  }

  @Test
  void readsTheFilesOfKubernetesSecrets() throws Exception {
    files.with("DOCKER_CONFIG", directory.resolve("secret"));
    files.write("secret/.dockercfg", entry("old"));
    assertThat(user()).contains("old");

    files.write("secret/.dockerconfigjson", config("new"));
    assertThat(user()).contains("new");
  }

  @Test
  void readsPodmansFilesAfterDockers() throws Exception {
    files.write("home/.config/containers/auth.json", config("user"));
    assertThat(user()).contains("user");

    files.with("XDG_CONFIG_HOME", directory.resolve("xdg"));
    files.write("xdg/containers/auth.json", config("xdg"));
    assertThat(user()).contains("xdg");

    files.with("XDG_RUNTIME_DIR", directory.resolve("run"));
    files.write("run/containers/auth.json", config("run"));
    assertThat(user()).contains("run");

    files.with("REGISTRY_AUTH_FILE", files.write("my-auth.json", config("named")));
    assertThat(user()).contains("named");

    files.dockerConfig(config("docker"));
    assertThat(user()).contains("docker");
  }

  @Test
  void goesOnToPodmansFileWhereDockersDoesNotKnowTheRegistry() throws Exception {
    files.dockerConfig("{'auths': {'quay.io': {'username': 'docker', 'password': 'pw'}}}");
    files.with("REGISTRY_AUTH_FILE", files.write("auth.json", config("podman")));

    assertThat(user()).contains("podman");
  }

  @Test
  void goesOnToPodmansFileWhereDockersIsBroken() throws Exception {
    files.dockerConfig("{");
    files.with("REGISTRY_AUTH_FILE", files.write("auth.json", config("podman")));

    assertThat(user()).contains("podman");
    assertThat(log.warnings()).hasSize(1);
  }

  @Test
  void doesNotTakePodmansEntryOfOneRepositoryForTheRegistry() throws Exception {
    String json = "{'auths': {'ghcr.io/team': {'username': 'me', 'password': 'pw'}}}";
    files.with("REGISTRY_AUTH_FILE", files.write("auth.json", json));

    assertThat(user()).isEmpty();
  }

  @Test
  void listsEachFileOnce() throws Exception {
    Path file = files.dockerConfig("{}");
    UserEnvironment environment =
        new UserEnvironment(Map.of("HOME", files.home().toString()), files.home(), false);

    assertThat(ConfigLocation.existing(environment))
        .isEqualTo(List.of(new ConfigLocation(file, DockerConfig.Dialect.DOCKER)));
  }

  private Optional<String> user() {
    return new DockerConfigCredentials(files.environment(), log)
        .find("ghcr.io")
        .map(Credentials::username);
  }

  private static String config(String user) {
    return "{'auths': " + entry(user) + "}";
  }

  private static String entry(String user) {
    return "{'ghcr.io': {'username': '" + user + "', 'password': 'pw'}}";
  }
}
