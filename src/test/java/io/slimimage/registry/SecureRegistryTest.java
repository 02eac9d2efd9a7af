package io.slimimage.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.ConfigurationException;
import io.slimimage.blob.Blob;
import io.slimimage.image.Descriptor;
import io.slimimage.it.CertificateAuthority;
import io.slimimage.it.SecureServer;
import java.io.IOException;
import java.net.ProxySelector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With TLS, without it, and from one to the other. */
@Timeout(60)
class SecureRegistryTest {

  @TempDir private static Path directory;
  private static Path authority;
  private static SSLContext tls;

  private final ManifestBytes manifest = TestClient.manifest("{}");
  private final byte[] bytes = TestClient.bytes(3_000_000);
  private final Descriptor layer = TestClient.layer(bytes);
  private ScriptedRegistry secure;
  private ScriptedRegistry plain;
  private ScriptedRegistry proxy;

  @BeforeAll
  static void makeAuthority() throws Exception {
    Path keys = directory.resolve("keys");
    authority = directory.resolve("authority.pem");
    CertificateAuthority.create(keys, "Test Authority", "dns:registry.test").export(authority);
    tls = SecureServer.context(keys);
  }

  @BeforeEach
  void start() throws IOException {
    secure = ScriptedRegistry.start(tls);
    secure.memory().put("a/b", "1", manifest);
    plain = ScriptedRegistry.start();
    plain.memory().put("a/b", "1", manifest);
    proxy = ScriptedRegistry.start().always("CONNECT .*", new ProxyScript(secure.port()));
  }

  @AfterEach
  void stop() throws IOException {
    secure.close();
    plain.close();
    proxy.close();
  }

  private static RegistrySettings settings(
      ProxySelector selector, Optional<Path> authorities, String... insecure) {
    return new RegistrySettings(
        Set.of(insecure),
        authorities,
        Map.of(),
        new RegistrySettings.Proxies(selector, Map.of()),
        new RegistrySettings.Timeouts(Duration.ofSeconds(20), Duration.ofSeconds(20)),
        false);
  }

  private TestClient through(Optional<Path> authorities, String... insecure) {
    return TestClient.with(settings(ProxyScript.selector(proxy.port()), authorities, insecure));
  }

  @Test
  void trustsTheUsersOwnAuthority() throws IOException {
    try (TestClient client = through(Optional.of(authority))) {
      Repository repository = client.repository("registry.test", "a/b", Access.PUSH);

      repository.push(layer, Blob.of(bytes));
      assertThat(TestClient.read(repository, layer)).isEqualTo(bytes);
      assertThat(repository.find("1")).isPresent();
      assertThat(proxy.lines()).allMatch(it -> it.startsWith("CONNECT "));
      assertThat(secure.connections()).isEqualTo(1);
    }
  }

  @Test
  void trustsNobodyElse() {
    try (TestClient client = through(Optional.empty())) {
      assertThatThrownBy(() -> client.repository("registry.test", "a/b", Access.PULL).find("1"))
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining(
              "Cannot find [1] of [registry.test/a/b]: [registry.test]: its certificate is not trusted, unable to find")
          .hasMessageContaining("slimimage.registry.ca")
          .hasMessageContaining("slimimage.insecureRegistries")
          .hasMessageNotContaining("tried");
    }
    assertThat(secure.requests()).isEmpty();
  }

  @Test
  void trustsNoCertificateOfAnotherHost() {
    try (TestClient client = through(Optional.of(authority))) {
      assertThatThrownBy(() -> client.repository("other.test", "a/b", Access.PULL).find("1"))
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("other.test")
          .hasMessageContaining("slimimage.registry.ca");
    }
  }

  @Test
  void takesAnyCertificateOfAHostThatNeedNotBeSecure() {
    try (TestClient client = through(Optional.empty(), "other.test", "registry.test:5000")) {
      assertThat(client.repository("other.test", "a/b", Access.PULL).find("1")).isPresent();
      assertThat(client.repository("registry.test:5000", "a/b", Access.PULL).find("1")).isPresent();
      assertThatThrownBy(() -> client.repository("registry.test", "a/b", Access.PULL).find("1"))
          .isInstanceOf(RegistryException.class);
    }
  }

  @Test
  void saysThatAnAuthorityCannotBeRead() throws IOException {
    Path none = directory.resolve("none.pem");
    Path empty = Files.writeString(directory.resolve("empty.pem"), "");
    Path broken =
        Files.writeString(
            directory.resolve("broken.pem"),
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    for (Path file : new Path[] {none, empty, broken}) {
      try (TestClient client = through(Optional.of(file))) {
        assertThatThrownBy(() -> client.repository("registry.test", "a/b", Access.PULL).find("1"))
            .isInstanceOf(ConfigurationException.class)
            .hasMessageContaining("slimimage.registry.ca [" + file + "] gives no certificates");
      }
    }
  }

  @Test
  void speaksToLoopbackAsItAnswers() {
    try (TestClient client = TestClient.anonymous()) {
      assertThat(client.pull(plain, "a/b").find("1")).isPresent();
      assertThat(client.pull(secure, "a/b").find("1")).isPresent();
      assertThat(client.pull(secure, "a/b").find("1")).isPresent();
      assertThat(client.log.all()).filteredOn(it -> it.contains("does not speak http")).hasSize(1);
    }
  }

  @Test
  void takesTheHintOfAServerThatWantsTls() throws IOException {
    // As it says so, nothing else is of interest: not even that there is no TLS either.
    try (ScriptedRegistry hint = ScriptedRegistry.start();
        TestClient client = TestClient.anonymous()) {
      hint.on(
          ".*",
          exchange ->
              exchange.answer(
                  400,
                  Map.of("Content-Type", "text/plain"),
                  "Client sent an HTTP request to an HTTPS server.\n".getBytes()));
      assertThatThrownBy(() -> client.pull(hint, "a/b").find("1"))
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("perhaps you should check its port");
      assertThat(hint.requests()).hasSize(1);
      assertThat(client.log.all()).anyMatch(it -> it.contains("does not speak http"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain.test:5000", "plain.test"})
  void speaksWithoutTlsToAHostThatNeedNotBeSecure(String host) throws IOException {
    try (ScriptedRegistry direct = ScriptedRegistry.start();
        TestClient client =
            TestClient.with(
                settings(ProxyScript.selector(direct.port()), Optional.empty(), host))) {
      direct.memory().put("a/b", "1", manifest);
      direct.always("CONNECT .*", new ProxyScript(plain.port()));
      Repository repository = client.repository(host, "a/b", Access.PULL);

      assertThat(repository.find("1")).isPresent();
      long tunnels = direct.count("CONNECT .*");
      assertThat(repository.find("1")).isPresent();
      assertThat(direct.count("CONNECT .*")).isEqualTo(tunnels);
      assertThat(direct.requests())
          .extracting(Exchange::toString)
          .filteredOn(it -> !it.startsWith("CONNECT plain.test:"))
          .containsExactly(
              "HEAD http://" + host + "/v2/a/b/manifests/1",
              "HEAD http://" + host + "/v2/a/b/manifests/1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.1:5000", "10.20"})
  void saysWhatIsNoHost(String host) {
    try (TestClient client = TestClient.anonymous()) {
      assertThatThrownBy(() -> client.repository(host, "a/b", Access.PULL).find("1"))
          .isInstanceOf(RegistryException.class)
          .hasMessage(
              "Nothing can be asked of the registry ["
                  + host
                  + "], since that is no host, perhaps you should write the whole name or address of"
                  + " the host");
    }
  }

  @Test
  void neverSpeaksWithoutTlsToAnotherHost() throws IOException {
    try (ScriptedRegistry direct = ScriptedRegistry.start();
        TestClient client =
            TestClient.with(settings(ProxyScript.selector(direct.port()), Optional.empty()))) {
      direct.always("CONNECT .*", new ProxyScript(plain.port()));

      assertThatThrownBy(() -> client.repository("plain.test:5000", "a/b", Access.PULL).find("1"))
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("slimimage.insecureRegistries");
      assertThat(direct.requests()).allMatch(it -> it.method().equals("CONNECT"));
      assertThat(plain.requests()).isEmpty();
    }
  }

  @Test
  void staysWithTlsWhereARegistryForgetsIt() {
    secure.on(
        "POST .*",
        Script.status(
            202, "Location", "http://registry.test/v2/a/b/blobs/uploads/1?_state=signed"));
    try (TestClient client = through(Optional.of(authority))) {
      client.repository("registry.test", "a/b", Access.PUSH).push(layer, Blob.of(bytes));

      assertThat(secure.memory().blob("a/b", layer.digest())).isEqualTo(bytes);
    }
  }

  @Test
  void waitsForNoAnswerBeforeItTriesWithoutTls() throws IOException {
    try (ScriptedRegistry direct = ScriptedRegistry.start();
        TestClient client =
            TestClient.with(
                new RegistrySettings(
                    Set.of("silent.test"),
                    Optional.empty(),
                    Map.of(),
                    new RegistrySettings.Proxies(ProxyScript.selector(direct.port()), Map.of()),
                    new RegistrySettings.Timeouts(Duration.ofSeconds(5), TestClient.IDLE),
                    false))) {
      direct.always("CONNECT .*", Script.silence());

      assertThatThrownBy(() -> client.repository("silent.test", "a/b", Access.PULL).find("1"))
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("nothing came for 400 ms");
      assertThat(direct.requests()).allMatch(it -> it.method().equals("CONNECT"));
    }
  }
}
