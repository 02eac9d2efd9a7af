package io.slimimage.credentials;

import static io.slimimage.credentials.UserFiles.base64;
import static org.assertj.core.api.Assertions.assertThat;

import io.slimimage.RecordedLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DockerConfigCredentialsTest {

  @TempDir Path directory;
  private final RecordedLog log = new RecordedLog();
  private UserFiles files;

  @BeforeEach
  void createHome() {
    files = new UserFiles(directory);
  }

  @ParameterizedTest
  @CsvSource({
    "https://index.docker.io/v1/, docker.io",
    "https://index.docker.io/v1/, registry-1.docker.io",
    "index.docker.io, docker.io",
    "docker.io, docker.io",
    "docker.io, index.docker.io",
    "registry-1.docker.io, docker.io",
    "https://registry-1.docker.io/v2/, docker.io",
    "ghcr.io, ghcr.io",
    "https://ghcr.io, ghcr.io",
    "https://ghcr.io/, ghcr.io",
    "http://ghcr.io/v2/, ghcr.io",
    "https://registry.gitlab.com/group/project, registry.gitlab.com",
    "GHCR.io, ghcr.io",
    "ghcr.io, GHCR.IO",
    "localhost:5000, localhost:5000",
    "http://localhost:5000/, localhost:5000",
  })
  void matchesEveryFormOfAKey(String key, String registry) throws Exception {
    Path file =
        files.dockerConfig("{'auths': {'%s': {'auth': '%s'}}}".formatted(key, base64("me:pw")));

    assertThat(find(registry)).contains(new Credentials("me", "pw", "", file.toString()));
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:5001, localhost:5000",
    "localhost, localhost:5000",
    "example.com, registry.example.com",
    "https://docker.io.example.com/v1/, docker.io",
    "https://index.docker.io/v1/access-token, docker.io",
  })
  void sendsCredentialsToNoOtherRegistry(String key, String registry) throws Exception {
    files.dockerConfig("{'auths': {'%s': {'auth': '%s'}}}".formatted(key, base64("me:pw")));

    assertThat(find(registry)).isEmpty();
  }

  @Test
  void prefersTheExactKeyThenTheOneWithoutPath() throws Exception {
    files.dockerConfig(
        """
        {'auths': {
          'https://ghcr.io/team': {'username': 'path', 'password': 'pw'},
          'https://ghcr.io/v2/': {'username': 'url', 'password': 'pw'},
          'ghcr.io': {'username': 'exact', 'password': 'pw'},
          'https://quay.io/team': {'username': 'path', 'password': 'pw'},
          'https://quay.io/v2/': {'username': 'url', 'password': 'pw'}}}
        """);

    assertThat(find("ghcr.io").map(Credentials::username)).contains("exact");
    assertThat(find("quay.io").map(Credentials::username)).contains("url");
  }

  @Test
  void goesOnToAnAliasWhereTheFirstEntryIsEmpty() throws Exception {
    files.dockerConfig(
        "{'auths': {'https://index.docker.io/v1/': {}, 'docker.io': {'auth': '%s'}}}"
            .formatted(base64("me:pw")));

    assertThat(find("docker.io").map(Credentials::username)).contains("me");
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void splitsAtTheFirstColonAndReadsUtf8() throws Exception {
    files.dockerConfig("{'auths': {'ghcr.io': {'auth': '%s'}}}".formatted(base64("me:p:ä:w\0\0")));

    assertThat(find("ghcr.io").map(Credentials::password)).contains("p:ä:w");
  }

  @Test
  void readsSeparateFieldsAndPrefersTheEncodedPair() throws Exception {
    files.dockerConfig(
        """
        {'auths': {
          'ghcr.io': {'username': 'me', 'password': 'pw', 'email': 'me@example.com'},
          'quay.io': {'auth': '%s', 'username': 'other', 'password': 'other'}}}
        """
            .formatted(base64("encoded:pw")));

    assertThat(find("ghcr.io").map(Credentials::username)).contains("me");
    assertThat(find("quay.io").map(Credentials::username)).contains("encoded");
  }

  @Test
  void prefersTheIdentityTokenToTheUserNextToIt() throws Exception {
    Path file =
        files.dockerConfig(
            "{'auths': {'me.azurecr.io': {'auth': '%s', 'identitytoken': 't0ken'}}}"
                .formatted(base64("00000000-0000-0000-0000-000000000000:")));

    assertThat(find("me.azurecr.io")).contains(new Credentials("", "", "t0ken", file.toString()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " \n",
        "{}",
        "null",
        "{'auths': {}}",
        "{'auths': null}",
        "{'auths': []}",
        "{'auths': {'ghcr.io': {}}}",
        "{'auths': {'ghcr.io': null}}",
        "{'auths': {'ghcr.io': {'auth': ''}}}",
        "{'auths': {'ghcr.io': {'auth': 5}}}",
        "{'HttpHeaders': {'User-Agent': 'Docker-Client'}, 'detachKeys': 'ctrl-e,e'}",
      })
  void findsNothingInFilesWithoutCredentials(String json) throws Exception {
    files.dockerConfig(json);

    assertThat(find("ghcr.io")).isEmpty();
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void ignoresUnknownFieldsOddNeighboursAndTheCaseOfNames() throws Exception {
    files.dockerConfig(
        """
        {'HttpHeaders': {'X': 'y'}, 'plugins': {'a': {'b': 1}}, 'credHelpers': {'x': 5},
         'Auths': {'odd': 'text', 'ghcr.io': {'Auth': '%s', 'more': [1]}}}
        """
            .formatted(base64("me:pw")));

    assertThat(find("ghcr.io")).isPresent();
  }

  @Test
  void readsFilesWithByteOrderMark() throws Exception {
    files.dockerConfig("\uFEFF{'auths': {'ghcr.io': {'auth': '%s'}}}".formatted(base64("me:pw")));

    assertThat(find("ghcr.io")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'auths': s3cret", "s3cret", "['s3cret']", "{'s3cret': {]}"})
  void warnsOnceAboutAFileThatIsNotJson(String json) throws Exception {
    Path file = files.dockerConfig(json);
    DockerConfigCredentials source = new DockerConfigCredentials(files.environment(), log);

    assertThat(source.find("ghcr.io")).isEmpty();
    assertThat(source.find("docker.io")).isEmpty();
    assertThat(log.warnings())
        .singleElement()
        .asString()
        .contains("[" + file + "]", "not a JSON object, see line 1", "perhaps you should")
        .doesNotContain("s3cret");
  }

  @Test
  void warnsAboutAFileThatCannotBeRead() throws Exception {
    // What Docker makes of a bind mount whose source is missing.
    Path file = Files.createDirectories(files.home().resolve(".docker/config.json"));

    assertThat(find("ghcr.io")).isEmpty();
    assertThat(log.warnings()).singleElement().asString().contains("[" + file + "]", "readable");
  }

  @ParameterizedTest
  @ValueSource(strings = {"czNjcmV0", "%s3cret%", "s3cr"})
  void warnsAboutAPairThatCannotBeDecoded(String auth) throws Exception {
    Path file = files.dockerConfig("{'auths': {'ghcr.io': {'auth': '%s'}}}".formatted(auth));

    assertThat(find("ghcr.io")).isEmpty();
    assertThat(log.warnings())
        .singleElement()
        .asString()
        .contains("[ghcr.io]", "[" + file + "]", "'auth'")
        .doesNotContain(auth);
  }

  @Test
  void ignoresHalfAPairWithAWarning() throws Exception {
    files.dockerConfig("{'auths': {'ghcr.io': {'username': 'me'}}}");

    assertThat(find("ghcr.io")).isEmpty();
    assertThat(log.warnings()).singleElement().asString().contains("without a password");
  }

  @Test
  void stripsLineBreaksFromLongPairs() throws Exception {
    String encoded =
        new String(
            Base64.getMimeEncoder()
                .encode(("me:" + "x".repeat(100)).getBytes(StandardCharsets.UTF_8)),
            StandardCharsets.UTF_8);
    files.dockerConfig(
        "{'auths': {'ghcr.io': {'auth': '%s'}}}".formatted(encoded.replace("\r\n", "\\n")));

    assertThat(find("ghcr.io").map(Credentials::password)).contains("x".repeat(100));
  }

  private Optional<Credentials> find(String registry) {
    return new DockerConfigCredentials(files.environment(), log).find(registry);
  }
}
