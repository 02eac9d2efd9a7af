package io.slimimage.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.image.Descriptor;
import io.slimimage.it.CertificateAuthority;
import io.slimimage.it.SecureServer;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.CookieManager;
import java.net.PasswordAuthentication;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.HttpsURLConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a client asks that nothing else has been asked of yet. */
@Timeout(60)
class QuickExchangeTest {

  /** The same machine, but not by an address of loopback, which need not be secure. */
  private static final String HOST = "0.0.0.0:";

  @TempDir private Path directory;
  private final ManifestBytes manifest = TestClient.manifest("{}");
  private final byte[] bytes = TestClient.bytes(1000);
  private ScriptedRegistry registry;

  @BeforeEach
  void start() throws IOException {
    registry = ScriptedRegistry.start();
    registry.memory().put("public/a", "1", manifest);
  }

  @AfterEach
  void stop() throws IOException {
    registry.close();
  }

  @Test
  void asksByOneConnection() {
    new TokenScript().guard(registry);
    try (TestClient client = TestClient.anonymous()) {
      assertThat(client.pull(registry, "public/a").find("1")).contains(manifest.descriptor());
      assertThat(client.pull(registry, "public/a").find("none")).isEmpty();
    }
    assertThat(registry.requests()).hasSizeGreaterThan(3);
    assertThat(registry.connections()).isEqualTo(1);
  }

  @Test
  void asksByTheConnectionOfWhatWasReadBefore() throws IOException {
    Descriptor layer = TestClient.layer(bytes);
    registry.memory().put("public/a", bytes);
    try (TestClient client = TestClient.anonymous()) {
      Repository repository = client.pull(registry, "public/a");
      assertThat(TestClient.read(repository, layer)).isEqualTo(bytes);
      assertThat(repository.find("1")).isPresent();
    }
    assertThat(registry.connections()).isEqualTo(1);
  }

  @Test
  void countsWhatItAsksAndGets() {
    registry.always("HEAD .*", Script.challenge("Bearer realm=\"/token\",service=\"s\""));
    registry.always("GET /token.*", Script.json(403, "{\"details\":\"no\"}"));
    try (TestClient client = TestClient.anonymous()) {
      Repository repository = client.pull(registry, "public/a");

      assertThatThrownBy(() -> repository.find("1")).hasMessageContaining("403");
      Traffic traffic = client.registries.traffic();
      assertThat(traffic.requests()).isEqualTo(registry.requests().size());
      assertThat(traffic.bytesReceived()).isGreaterThanOrEqualTo("{\"details\":\"no\"}".length());
    }
  }

  @Test
  void trustsTheUsersOwnAuthority() throws Exception {
    assertThat(findByTls("ip:0.0.0.0", true)).contains(manifest.descriptor());
  }

  @Test
  void trustsNobodyElse() {
    assertThatThrownBy(() -> findByTls("ip:0.0.0.0", false))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("its certificate is not trusted, unable to find")
        .hasMessageContaining("slimimage.registry.ca")
        .hasMessageNotContaining("tried");
  }

  @Test
  void trustsNoCertificateOfAnotherHost() {
    assertThatThrownBy(() -> findByTls("dns:registry.test", true))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("its certificate is not trusted");
  }

  @Test
  void trustsNoCertificateOfAnotherHostWhatOtherPluginsHaveSet() {
    HostnameVerifier before = HttpsURLConnection.getDefaultHostnameVerifier();
    HttpsURLConnection.setDefaultHostnameVerifier((host, session) -> true);
    try {
      trustsNoCertificateOfAnotherHost();
    } finally {
      HttpsURLConnection.setDefaultHostnameVerifier(before);
    }
  }

  @Test
  void keepsOutOfOtherPluginsCookies() throws IOException {
    CookieHandler before = CookieHandler.getDefault();
    CookieManager cookies = new CookieManager();
    CookieHandler.setDefault(cookies);
    registry.always("HEAD .*", Script.status(404, "Set-Cookie", "a=b"));
    try (TestClient client = TestClient.anonymous()) {
      assertThat(client.pull(registry, "public/a").find("1")).isEmpty();
    } finally {
      CookieHandler.setDefault(before);
    }
    assertThat(cookies.getCookieStore().getCookies()).isEmpty();
  }

  private Optional<Descriptor> findByTls(String name, boolean trusted) throws Exception {
    Path keys = directory.resolve("keys");
    Path authority = directory.resolve("authority.pem");
    CertificateAuthority.create(keys, "Test Authority", name).export(authority);
    RegistrySettings settings =
        new RegistrySettings(
            Set.of(),
            Optional.of(authority).filter(it -> trusted),
            Map.of(),
            RegistrySettings.Proxies.NONE,
            RegistrySettings.Timeouts.USUAL,
            false);
    try (ScriptedRegistry secure = ScriptedRegistry.start(SecureServer.context(keys));
        TestClient client = TestClient.with(settings)) {
      secure.memory().put("public/a", "1", manifest);
      Repository repository = client.repository(HOST + secure.port(), "public/a", Access.PULL);
      assertThat(repository.find("none")).isEmpty();
      Optional<Descriptor> found = repository.find("1");
      assertThat(secure.connections()).isEqualTo(1);
      return found;
    }
  }

  @Test
  void asksNobodyElseForAPassword() {
    AtomicBoolean asked = new AtomicBoolean();
    Authenticator before = Authenticator.getDefault();
    Authenticator.setDefault(
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            asked.set(true);
            return new PasswordAuthentication("other", "other".toCharArray());
          }
        });
    registry.always("HEAD .*", Script.challenge("Basic realm=\"here\""));
    try (TestClient client = TestClient.anonymous()) {
      assertThatThrownBy(() -> client.pull(registry, "public/a").find("1"))
          .isInstanceOf(RegistryException.class);
    } finally {
      Authenticator.setDefault(before);
    }
    assertThat(asked).isFalse();
    assertThat(registry.requests()).allMatch(it -> it.header("Authorization").isEmpty());
  }

  @Test
  void doesNotWaitForEver() {
    registry.always("HEAD .*", Script.silence());
    try (TestClient client = TestClient.impatient()) {
      assertThatThrownBy(() -> client.pull(registry, "public/a").find("1"))
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("nothing came for 400 ms");
    }
  }

  @Test
  void stopsOnAnInterruptAndEndsTheConnection() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CompletableFuture<Integer> end = new CompletableFuture<>();
    registry.always(
        "HEAD .*",
        exchange -> {
          arrived.countDown();
          end.complete(exchange.socket().getInputStream().read());
        });
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try (TestClient client = TestClient.anonymous()) {
                client.pull(registry, "public/a").find("1");
              } catch (RegistryException e) {
                failure.complete(e);
              }
            });
    thread.start();
    arrived.await();
    thread.interrupt();

    assertThat(failure.get(30, TimeUnit.SECONDS)).hasMessageContaining("Interrupted, cannot find");
    assertThat(end.get(30, TimeUnit.SECONDS)).isEqualTo(-1);
  }

  @Test
  void saysThatAHostIsNotKnown() {
    try (TestClient client = TestClient.anonymous()) {
      assertThatThrownBy(() -> client.repository("none.invalid", "a/b", Access.PULL).find("1"))
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("[none.invalid]: this host is not known");
    }
  }
}
