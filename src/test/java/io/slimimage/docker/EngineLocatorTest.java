package io.slimimage.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.docker.TestEngine.RecordingLog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class EngineLocatorTest {

  private final Map<String, String> variables = new HashMap<>();
  private Path root;

  /** The path of a socket may have 107 characters only, so that JUnit's folder can be too deep. */
  @BeforeEach
  void createRoot() throws IOException {
    root = Files.createTempDirectory("eng");
  }

  @AfterEach
  void deleteRoot() throws IOException {
    try (var files = Files.walk(root)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }

  @Test
  void listsEveryPlaceInOrderWhereNoEngineAnswers() throws IOException {
    variables.put("XDG_RUNTIME_DIR", root.resolve("run user").toString());
    Files.createFile(root.resolve("docker.sock"));

    assertThatThrownBy(() -> locator().connect())
        .isInstanceOf(EngineException.class)
        .hasMessageMatching(
            "(?s)No Docker Engine answers\\. Tried:"
                + "\n  - unix://\\S*/docker.sock \\(Docker's default socket\\): \\S[^\n]*"
                + "\n  - unix://\\S*/run%20user/docker.sock \\(rootless Docker\\): there is no such socket"
                + "\n  - unix://\\S*/run%20user/podman/podman.sock \\(rootless Podman\\): there is no such socket"
                + "\n  - unix://\\S*/home/.docker/run/docker.sock \\(Docker Desktop\\): there is no such socket"
                + "\n  - unix://\\S*/home/.colima/default/docker.sock \\(Colima\\): there is no such socket"
                + "\n.*perhaps you should start Docker.*set DOCKER_HOST.*");
    assertThat(locator().find()).isInstanceOf(EngineSearch.Nothing.class);
    assertThat(locator().find().engine()).isEmpty();
    assertThat(locator().find().attempts()).hasSize(5);
  }

  @Test
  void findsTheDefaultSocketFirst() throws IOException {
    variables.put("XDG_RUNTIME_DIR", root.toString());
    try (FakeEngine first = FakeEngine.docker(root.resolve("docker.sock"));
        FakeEngine second = FakeEngine.podman(root.resolve("podman/podman.sock"));
        DockerEngine engine = locator().connect()) {
      assertThat(engine.info())
          .isEqualTo(new EngineInfo("28.5.2", "1.51", "linux", "arm64", "2", false));
      assertThat(engine.info().platform()).hasToString("linux/arm64");
      assertThat(engine.address()).endsWith("docker.sock (Docker's default socket)");
      assertThat(first.requests()).allMatch(r -> r.matches("GET /(_ping|version) HTTP/1.1"));
      assertThat(second.requests()).isEmpty();
    }
  }

  @Test
  void findsPodmanAndKeepsWhatWasTriedBefore() throws IOException {
    Path runtime = root.resolve("run user");
    variables.put("XDG_RUNTIME_DIR", runtime.toString());
    try (FakeEngine podman = FakeEngine.podman(runtime.resolve("podman/podman.sock"))) {
      EngineSearch search = locator().find();
      try (DockerEngine engine = search.engine().orElseThrow()) {
        assertThat(engine.info().podman()).isTrue();
        assertThat(engine.info().supportsBuildKit()).isFalse();
        assertThat(search.attempts())
            .extracting(EngineAttempt::origin)
            .containsExactly("Docker's default socket", "rootless Docker");
        assertThat(podman.requests()).isNotEmpty();
      }
    }
  }

  @Test
  void triesNoOtherEngineThanDockerHost() throws IOException {
    variables.put("DOCKER_HOST", "unix://" + root.resolve("absent.sock"));
    try (FakeEngine other = FakeEngine.docker(root.resolve("docker.sock"))) {
      assertThatThrownBy(() -> locator().find())
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("absent.sock (DOCKER_HOST): there is no such socket")
          .hasMessageContaining("correct DOCKER_HOST or unset it");
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void prefersDockerHostToContexts() throws IOException {
    variables.put("DOCKER_HOST", "unix://" + root.resolve("host.sock"));
    variables.put("DOCKER_CONTEXT", "absent");
    try (FakeEngine host = FakeEngine.docker(root.resolve("host.sock"));
        DockerEngine engine = locator().connect()) {
      assertThat(engine.address()).endsWith("(DOCKER_HOST)");
      assertThat(host.requests()).isNotEmpty();
    }
  }

  @Test
  void givesUpOnAnEngineThatDoesNotAnswerInTime() throws IOException {
    variables.put("DOCKER_HOST", "unix://" + root.resolve("silent.sock"));
    try (FakeEngine silent = FakeEngine.silent(root.resolve("silent.sock"))) {
      long begin = System.nanoTime();
      assertThatThrownBy(() -> locator().find())
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("silent.sock (DOCKER_HOST): no answer");
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
      assertThat(silent.requests()).isNotEmpty();
    }
  }

  @Test
  void saysThatATcpConnectionIsRefused() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    variables.put("DOCKER_HOST", "tcp://127.0.0.1:" + port);

    assertThatThrownBy(() -> locator().find())
        .hasMessageContaining("tcp://127.0.0.1:" + port + " (DOCKER_HOST)")
        .hasMessageContaining("refused");
  }

  @Test
  void explainsThatSshIsNotSupported() {
    variables.put("DOCKER_HOST", "ssh://user@build.example");

    assertThatThrownBy(() -> locator().find())
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("DOCKER_HOST [ssh://user@build.example]")
        .hasMessageContaining("perhaps you should forward its socket");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/var/run/docker.sock", "localhost:2375", "http//x", "tcp://", "ftp://x"})
  void rejectsAnAddressThatIsNone(String host) {
    variables.put("DOCKER_HOST", host);

    assertThatThrownBy(() -> locator().find())
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("DOCKER_HOST [" + host + "] is not an address");
  }

  @Test
  void usesTheContextOfTheEnvironment() throws Exception {
    variables.put("DOCKER_CONTEXT", "rémote");
    context(root.resolve("home/.docker"), "rémote", "unix://" + root.resolve("ctx.sock"));
    try (FakeEngine engine = FakeEngine.docker(root.resolve("ctx.sock"));
        DockerEngine found = locator().connect()) {
      assertThat(found.address()).endsWith("ctx.sock (DOCKER_CONTEXT [rémote])");
      assertThat(engine.requests()).isNotEmpty();
    }
    assertThatThrownBy(() -> locator().find())
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("correct DOCKER_CONTEXT or unset it");
  }

  @Test
  void saysThatAContextDoesNotExist() {
    variables.put("DOCKER_CONTEXT", "absent");

    assertThatThrownBy(() -> locator().find())
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("DOCKER_CONTEXT [absent] does not exist")
        .hasMessageContaining("docker context ls");
  }

  @Test
  void usesTheCurrentContextOfTheConfiguredDirectory() throws Exception {
    Path config = root.resolve("conf");
    variables.put("DOCKER_CONFIG", config.toString());
    context(config, "mine", "unix://" + root.resolve("ctx.sock"));
    Files.writeString(config.resolve("config.json"), "{\"currentContext\":\"mine\",\"auths\":{}}");
    try (FakeEngine engine = FakeEngine.docker(root.resolve("ctx.sock"));
        FakeEngine other = FakeEngine.docker(root.resolve("docker.sock"));
        DockerEngine found = locator().connect()) {
      assertThat(found.address()).contains("currentContext of").contains("[mine]");
      assertThat(engine.requests()).isNotEmpty();
      assertThat(other.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"currentContext\":\"gone\"}",
        "{\"currentContext\":\"default\"}",
        "{}",
        "no json"
      })
  void goesOnWhereTheCurrentContextLeadsNowhere(String json) throws IOException {
    Files.createDirectories(root.resolve("home/.docker"));
    Files.writeString(root.resolve("home/.docker/config.json"), json);
    try (FakeEngine engine = FakeEngine.docker(root.resolve("docker.sock"));
        DockerEngine found = locator().connect()) {
      assertThat(found.address()).endsWith("(Docker's default socket)");
      assertThat(engine.requests()).isNotEmpty();
    }
  }

  @Test
  void takesTlsKeysOfAContextAndNamesWhatIsMissing() throws Exception {
    variables.put("DOCKER_CONTEXT", "tls");
    Path config = root.resolve("home/.docker");
    context(config, "tls", "tcp://127.0.0.1");
    Path keys = config.resolve("contexts/tls").resolve(sha256("tls")).resolve("docker");
    Files.createDirectories(keys);
    Files.createFile(keys.resolve("ca.pem"));

    assertThatThrownBy(() -> locator().find())
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("tcp://127.0.0.1:2376 (DOCKER_CONTEXT [tls])")
        .hasMessageContaining("lack a readable cert.pem");
  }

  @Test
  void takesTlsKeysOfTheEnvironment() {
    variables.put("DOCKER_HOST", "tcp://127.0.0.1");
    variables.put("DOCKER_TLS_VERIFY", "1");
    variables.put("DOCKER_CERT_PATH", root.resolve("certs").toString());

    assertThatThrownBy(() -> locator().find())
        .hasMessageContaining("tcp://127.0.0.1:2376 (DOCKER_HOST)")
        .hasMessageContaining("[" + root.resolve("certs") + "] lack a readable ca.pem");
  }

  @Test
  void pinsTheApiVersionOnlyIfTheEnvironmentDoes() throws IOException {
    variables.put("DOCKER_API_VERSION", "1.40");
    try (FakeEngine engine = FakeEngine.docker(root.resolve("docker.sock"));
        DockerEngine found = locator().connect()) {
      assertThat(engine.requests()).contains("GET /v1.40/version HTTP/1.1");
      assertThat(found.info().apiVersion()).isEqualTo("1.51");
    }
    variables.put("DOCKER_API_VERSION", "newest");
    variables.put("DOCKER_HOST", "tcp://127.0.0.1:1");
    assertThatThrownBy(() -> locator().find())
        .hasMessageContaining("DOCKER_API_VERSION [newest] is not a version");
  }

  private EngineLocator locator() {
    EngineEnvironment environment =
        new EngineEnvironment(variables, root.resolve("home"), root, false);
    return new EngineLocator(environment, EngineLocator.DEFAULT_TIMEOUT, new RecordingLog());
  }

  private static void context(Path config, String name, String host) throws Exception {
    Path meta = config.resolve("contexts/meta").resolve(sha256(name));
    Files.createDirectories(meta);
    Files.writeString(
        meta.resolve("meta.json"),
        "{\"Name\":\""
            + name
            + "\",\"Metadata\":{},\"Endpoints\":{\"docker\":{\"Host\":\""
            + host
            + "\",\"SkipTLSVerify\":false}}}");
  }

  private static String sha256(String name) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    return HexFormat.of().formatHex(digest.digest(name.getBytes(StandardCharsets.UTF_8)));
  }
}
