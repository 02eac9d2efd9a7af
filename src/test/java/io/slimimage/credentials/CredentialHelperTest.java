package io.slimimage.credentials;

import static io.slimimage.credentials.UserFiles.base64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.RecordedLog;
import io.slimimage.SlimImageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs real programs, all of them named by a {@code config.json}. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the helpers are shell scripts")
@Timeout(60)
class CredentialHelperTest {

  private static final String ANSWER =
      "echo '{\"ServerURL\":\"x\",\"Username\":\"me\",\"Secret\":\"s3cret\"}'";

  @TempDir Path directory;
  private final RecordedLog log = new RecordedLog();
  private UserFiles files;

  @BeforeEach
  void configureStore() throws Exception {
    files = new UserFiles(directory);
    files.dockerConfig("{'credsStore': 'test'}");
  }

  @ParameterizedTest
  @CsvSource({
    "docker.io, https://index.docker.io/v1/",
    "registry-1.docker.io, https://index.docker.io/v1/",
    "ghcr.io, ghcr.io",
    "localhost:5000, localhost:5000",
  })
  void asksForTheServerAddressOnStandardInput(String registry, String expected) throws Exception {
    Path asked = directory.resolve("asked");
    files.helper("test", "cat > " + asked, "echo \" $1\" >> " + asked, ANSWER);

    assertThat(find(registry))
        .contains(new Credentials("me", "s3cret", "", "docker-credential-test"));
    assertThat(asked).content().isEqualTo(expected + " get\n");
    assertNothingLeaked();
  }

  @Test
  void turnsTheTokenUserIntoAnIdentityToken() throws Exception {
    files.helper("test", "echo '{\"Username\":\"<token>\",\"Secret\":\"s3cret\"}'");

    assertThat(find("ghcr.io"))
        .contains(new Credentials("", "", "s3cret", "docker-credential-test"));
  }

  @Test
  void prefersTheRegistrysHelperThenTheStoreThenTheEntry() throws Exception {
    files.helper("own", ANSWER.replace("\"me\"", "\"own\""));
    files.dockerConfig(
        """
        {'credHelpers': {'https://index.docker.io/v1/': 'own'}, 'credsStore': 'store',
         'auths': {'docker.io': {'auth': '%1$s'}, 'ghcr.io': {'auth': '%1$s'},
                   'quay.io': {'auth': '%1$s'}}}
        """
            .formatted(base64("entry:s3cret")));
    files.helper(
        "store", "case $(cat) in quay.io) echo credentials not found; exit 1;; esac", ANSWER);

    assertThat(find("docker.io").map(Credentials::username)).contains("own");
    assertThat(find("ghcr.io").map(Credentials::username)).contains("me");
    assertThat(find("quay.io").map(Credentials::username)).contains("entry");
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void readsTheEntryWhereTheRegistrysHelperIsEmpty() throws Exception {
    files.helper("test", ANSWER);
    files.dockerConfig(
        "{'credsStore': 'test', 'credHelpers': {'ghcr.io': ''}, 'auths': {'ghcr.io': {'auth': '%s'}}}"
            .formatted(base64("entry:s3cret")));

    assertThat(find("ghcr.io").map(Credentials::username)).contains("entry");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo credentials not found in native keychain; exit 1",
        "echo 'Error: Credentials not found' >&2; exit 1",
        "echo 'The specified item could not be found in the keychain.'; exit 1",
        "echo '{\"ServerURL\":\"\",\"Username\":\"\",\"Secret\":\"\"}'",
      })
  void takesNotFoundForNone(String script) throws Exception {
    files.helper("test", script);

    assertThat(find("ghcr.io")).isEmpty();
    assertThat(log.warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "echo s3cret | did not answer with credentials in JSON",
        "echo '\"s3cret\"' | did not answer with credentials in JSON",
        "echo 'warning: s3cret {}' | did not answer with credentials in JSON",
        "exit 0 | did not answer with credentials in JSON",
        "echo s3cret; echo s3cret >&2; exit 3 | failed with exit code 3",
        "echo '{\"Username\":\"\",\"Secret\":\"s3cret\"}' | a password without a user name",
        "echo '{\"Username\":\"me\",\"Secret\":\"\"}' | a user name without a password",
      })
  void warnsWithoutShowingWhatTheHelperWrote(String script, String problem) throws Exception {
    files.helper("test", script);

    assertThat(find("ghcr.io")).isEmpty();
    assertThat(log.warnings())
        .singleElement()
        .asString()
        .contains("docker-credential-test", "[ghcr.io]", problem, "perhaps you should");
    assertNothingLeaked();
  }

  @Test
  void warnsAboutAMissingHelperAndNamesTheFileThatWantsIt() {
    assertThat(find("ghcr.io")).isEmpty();
    assertThat(log.warnings())
        .singleElement()
        .asString()
        .contains("[docker-credential-test]", "[ghcr.io]", "config.json]", "not on the PATH");
  }

  @Test
  void findsHelpersOnThePassedPathAlone() throws Exception {
    files.helper("test", ANSWER);
    files.with("PATH", "/usr/bin:/bin");

    assertThat(find("ghcr.io")).isEmpty();
    assertThat(log.warnings()).hasSize(1);
  }

  @Test
  void runsTheHelperWithThePassedEnvironment() throws Exception {
    files.with("REGION", "eu-1");
    files.helper(
        "test", "echo \"{\\\"Username\\\":\\\"$REGION-$HOME\\\",\\\"Secret\\\":\\\"x\\\"}\"");

    assertThat(find("ghcr.io").map(Credentials::username)).contains("eu-1-" + files.home());
  }

  @Test
  void doesNotLeaveThePath() throws Exception {
    Path outside = files.helper("x", ANSWER).resolveSibling("docker-credential-");
    Files.createDirectories(outside);
    files.dockerConfig("{'credsStore': '/../docker-credential-x'}");

    assertThat(find("ghcr.io")).isEmpty();
    assertThat(log.warnings()).hasSize(1);
  }

  @Test
  void reportsAHelperThatCannotBeStarted() throws Exception {
    Files.writeString(files.helper("test"), "#!/no/such/interpreter\n");

    assertThat(find("ghcr.io")).isEmpty();
    assertThat(log.warnings()).singleElement().asString().contains("failed: Cannot run program");
  }

  @Test
  void copesWithAHelperThatDoesNotReadItsInput() throws Exception {
    files.helper("test", "exec 0<&-", ANSWER);

    assertThat(find("ghcr.io")).isPresent();
  }

  @Test
  void endsAHelperWithItsChildrenAfterTheTimeOut() throws Exception {
    Path child = directory.resolve("child");
    files.helper("test", ANSWER, "sleep 300 &", "echo $! > " + child, "wait");
    long start = System.nanoTime();

    assertThat(find("ghcr.io", Duration.ofSeconds(2))).isEmpty();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    assertThat(log.warnings())
        .singleElement()
        .asString()
        .contains("[docker-credential-test]", "[ghcr.io]", "did not answer within 2.0 s");
    assertNothingLeaked();
    awaitEnd(Long.parseLong(Files.readString(child).strip()));
  }

  @Test
  void stopsAHelperThatNeverStopsWriting() throws Exception {
    files.helper("test", "while :; do echo s3cret-s3cret-s3cret-s3cret-s3cret-s3cret; done");

    assertThat(find("ghcr.io")).isEmpty();
    assertThat(log.warnings()).singleElement().asString().contains("more than 1048576 bytes");
    assertNothingLeaked();
  }

  @Test
  void takesLargeAnswersOnBothStreamsWithoutDeadlock() throws Exception {
    files.helper(
        "test",
        "head -c 300000 /dev/zero | tr '\\0' x >&2",
        "printf '{\"Username\":\"me\",\"Secret\":\"'",
        "head -c 300000 /dev/zero | tr '\\0' x",
        "echo '\"}'");

    assertThat(find("ghcr.io").map(it -> it.password().length())).contains(300_000);
  }

  @Test
  void givesUpWhenInterrupted() throws Exception {
    files.helper("test", "sleep 300");
    Thread.currentThread().interrupt();

    try {
      assertThatThrownBy(() -> find("ghcr.io"))
          .isInstanceOf(SlimImageException.class)
          .hasMessageContaining("[docker-credential-test]");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private Optional<Credentials> find(String registry) {
    return find(registry, DockerConfigCredentials.DEFAULT_HELPER_TIMEOUT);
  }

  private Optional<Credentials> find(String registry, Duration timeout) {
    CredentialSource source = new DockerConfigCredentials(files.environment(), timeout, log);
    return new CredentialChain(List.of(source), log).find(registry);
  }

  /** A zombie, which has no command any more, has ended too: not every container reaps them. */
  private static void awaitEnd(long pid) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (ProcessHandle.of(pid).flatMap(it -> it.info().command()).isPresent()) {
      assertThat(System.nanoTime()).as("process %d has ended", pid).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private void assertNothingLeaked() {
    assertThat(log.lines()).isNotEmpty().noneMatch(line -> line.contains("s3cret"));
  }
}
