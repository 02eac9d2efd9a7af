package io.slimimage.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.blob.Blob;
import io.slimimage.image.Descriptor;
import io.slimimage.it.CertificateAuthority;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With a registry that lets in whoever shows a certificate of its own authority. */
@Timeout(60)
class ClientKeysTest {

  private static final String FILE = "javax.net.ssl.keyStore";
  private static final String SECRET = FILE + "Password";
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private static Path directory;
  private static Path authority;
  private static Path client;
  private static SSLContext tls;

  private final byte[] bytes = TestClient.bytes(100_000);
  private final Descriptor layer = TestClient.layer(bytes);
  private ScriptedRegistry registry;
  private ScriptedRegistry proxy;

  @BeforeAll
  static void makeAuthority() throws Exception {
    Path keys = directory.resolve("keys");
    authority = directory.resolve("authority.pem");
    client = directory.resolve("client.p12");
    CertificateAuthority.create(keys, "Test Authority", "dns:registry.test").export(authority);
    KeyStore all = KeyStore.getInstance(keys.toFile(), PASSWORD);
    KeyStore own = empty();
    own.setKeyEntry(
        "own", all.getKey("server", PASSWORD), PASSWORD, all.getCertificateChain("server"));
    try (OutputStream out = Files.newOutputStream(client)) {
      own.store(out, PASSWORD);
    }
    KeyStore trusted = empty();
    trusted.setCertificateEntry("authority", all.getCertificate("authority"));
    KeyManagerFactory shown =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    shown.init(own, PASSWORD);
    TrustManagerFactory known =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    known.init(trusted);
    tls = SSLContext.getInstance("TLS");
    tls.init(shown.getKeyManagers(), known.getTrustManagers(), null);
  }

  private static KeyStore empty() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  @BeforeEach
  void start() throws IOException {
    registry = ScriptedRegistry.startForKnown(tls);
    proxy = ScriptedRegistry.start().always("CONNECT .*", new ProxyScript(registry.port()));
  }

  @AfterEach
  void stop() throws IOException {
    System.clearProperty(FILE);
    System.clearProperty(SECRET);
    registry.close();
    proxy.close();
  }

  private TestClient client() {
    return TestClient.with(
        new RegistrySettings(
            Set.of(),
            Optional.of(authority),
            Map.of(),
            new RegistrySettings.Proxies(ProxyScript.selector(proxy.port()), Map.of()),
            RegistrySettings.Timeouts.USUAL,
            false));
  }

  @Test
  void showsTheCertificateOfJavasOwnKeyStore() throws IOException {
    System.setProperty(FILE, client.toString());
    System.setProperty(SECRET, new String(PASSWORD));
    try (TestClient known = client()) {
      Repository repository = known.repository("registry.test", "a/b", Access.PUSH);

      repository.push(layer, Blob.of(bytes));
      assertThat(TestClient.read(repository, layer)).isEqualTo(bytes);
    }
  }

  @Test
  void isNotLetInWithout() {
    try (TestClient unknown = client()) {
      assertThatThrownBy(() -> unknown.repository("registry.test", "a/b", Access.PULL).find("1"))
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("Cannot find [1] of [registry.test/a/b]");
    }
    assertThat(registry.requests()).isEmpty();
  }

  /** What a registry says of it may be lost when it ends the connection. */
  @ParameterizedTest
  @ValueSource(strings = {"certificate_required", "bad_certificate"})
  void saysThatACertificateIsMissing(String alert) {
    Retries retries = new Retries(new TestTiming(), new TestClient.Lines());

    assertThatThrownBy(
            () ->
                retries.run(
                    "find it",
                    () -> {
                      throw BrokenConnection.of(
                          new SSLHandshakeException("Received fatal alert: " + alert));
                    }))
        .isInstanceOf(RegistryException.class)
        .hasMessageStartingWith("Cannot find it: Received fatal alert: " + alert)
        .hasMessageContaining("perhaps you should give Java a certificate that the registry knows")
        .hasMessageContaining("-Djavax.net.ssl.keyStore=FILE.p12")
        .hasMessageNotContaining("tried");
  }

  @Test
  void saysThatTheKeyStoreCannotBeRead() {
    System.setProperty(FILE, directory.resolve("none.p12").toString());
    try (TestClient known = client()) {
      assertThatThrownBy(() -> known.repository("registry.test", "a/b", Access.PULL).find("1"))
          .hasMessageContaining("none.p12");
    }
  }
}
