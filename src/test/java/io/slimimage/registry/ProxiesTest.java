package io.slimimage.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.it.CertificateAuthority;
import io.slimimage.it.SecureServer;
import java.io.IOException;
import java.net.ProxySelector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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

@Timeout(60)
class ProxiesTest {

  private static final String PROXY_SECRET = "Basic cHJveHk6U0VDUkVU";

  @TempDir private static Path directory;
  private static SSLContext tls;

  private final ManifestBytes manifest = TestClient.manifest("{}");
  private ScriptedRegistry proxy;
  private ScriptedRegistry secure;

  @BeforeAll
  static void makeAuthority() throws Exception {
    Path keys = directory.resolve("keys");
    CertificateAuthority.create(keys, "Test Authority", "dns:registry.test");
    tls = SecureServer.context(keys);
  }

  @BeforeEach
  void start() throws IOException {
    secure = ScriptedRegistry.start(tls);
    secure.memory().put("a/b", "1", manifest);
    proxy = ScriptedRegistry.start();
    proxy.memory().put("a/b", "1", manifest);
    proxy.always("CONNECT secure.test:443", this::tunnel);
    proxy.on("CONNECT .*", Script.status(502));
  }

  private void tunnel(Exchange exchange) throws IOException {
    if (exchange.header("Proxy-Authorization").equals(PROXY_SECRET)) {
      new ProxyScript(secure.port()).play(exchange);
    } else {
      exchange.answer(407, "Proxy-Authenticate", "Basic realm=\"proxy\"");
    }
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    secure.close();
  }

  private TestClient client(Map<String, String> authorization) {
    return client(ProxyScript.selector(proxy.port()), authorization);
  }

  private static TestClient client(ProxySelector selector, Map<String, String> authorization) {
    return TestClient.with(
        new RegistrySettings(
            Set.of("secure.test", "plain.test"),
            Optional.empty(),
            Map.of(),
            new RegistrySettings.Proxies(selector, authorization),
            RegistrySettings.Timeouts.USUAL,
            false));
  }

  /** In a Java of its own, since only the first client of one reads how to log in to a proxy. */
  @Test
  void logsInToTheProxy() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Visitor.class.getName(),
                proxy.host(),
                Integer.toString(proxy.port()))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).doesNotContain("cHJveHk6U0VDUkVU");
    assertThat(secure.requests()).hasSize(1).noneMatch(it -> it.hasHeader("Proxy-Authorization"));
    assertThat(proxy.requests())
        .filteredOn(it -> it.toString().contains("http://plain.test/v2/"))
        .hasSize(1)
        .allMatch(it -> it.header("Proxy-Authorization").equals(PROXY_SECRET));
  }

  /** Asks two registries through a proxy. */
  static final class Visitor {
    private Visitor() {}

    public static void main(String[] args) {
      ProxySelector selector = ProxyScript.selector(Integer.parseInt(args[1]));
      try (TestClient client = client(selector, Map.of(args[0], PROXY_SECRET))) {
        client.repository("secure.test", "a/b", Access.PULL).find("1").orElseThrow();
        client.repository("plain.test", "a/b", Access.PULL).find("1").orElseThrow();
        client.log.all().forEach(System.out::println);
      }
    }
  }

  @Test
  void knowsWhereDockerHubIs() {
    try (TestClient client = client(Map.of())) {
      assertThatThrownBy(() -> client.repository("docker.io", "library/a", Access.PULL).find("1"))
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("Cannot find [1] of [docker.io/library/a]");
      assertThat(proxy.requests().get(0)).hasToString("CONNECT registry-1.docker.io:443");
    }
  }

  @Test
  void saysThatTheProxyWantsToKnowWhoAsks() {
    try (TestClient client = client(Map.of())) {
      assertThatThrownBy(() -> client.repository("secure.test", "a/b", Access.PULL).find("1"))
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("answers 407")
          .hasMessageContaining("perhaps you should give the proxy in settings.xml its username");
    }
  }

  @Test
  void keepsWhatTheUserHasSetForJava() {
    String property = "jdk.http.auth.tunneling.disabledSchemes";
    String before = System.getProperty(property);
    System.setProperty(property, "Digest");
    try (TestClient client = client(Map.of(proxy.host(), PROXY_SECRET))) {
      assertThat(client.repository("plain.test", "a/b", Access.PULL).find("1")).isPresent();
      assertThat(System.getProperty(property)).isEqualTo("Digest");
    } finally {
      if (before == null) {
        System.clearProperty(property);
      } else {
        System.setProperty(property, before);
      }
    }
  }
}
