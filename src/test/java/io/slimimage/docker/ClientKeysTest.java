package io.slimimage.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.slimimage.TestJdks;
import io.slimimage.docker.TestEngine.RecordingLog;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Security;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server that wants a certificate of its clients, as an engine with TLS does. */
@Timeout(60)
class ClientKeysTest {

  private static final String PASSWORD = "changeit";
  private static final HexFormat HEX = HexFormat.of();

  @TempDir static Path made;
  private static KeyStore keys;
  private static HttpsServer engine;

  @TempDir Path directory;

  @BeforeAll
  static void startEngine() throws Exception {
    Path file = made.resolve("keys.p12");
    generate(file, "ca", "EC", "-ext", "bc:c");
    generate(file, "other", "EC", "-ext", "bc:c");
    generate(file, "server", "EC", "-signer", "ca", "-ext", "san=dns:localhost");
    generate(file, "rsa", "RSA", "-signer", "ca");
    generate(file, "ec", "EC", "-signer", "ca");
    keys = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    engine = HttpsServer.create(anyPort, 0);
    engine.setHttpsConfigurator(new WithClients(serverContext()));
    engine.createContext("/_ping", exchange -> respond(exchange, "OK"));
    engine.createContext(
        "/version",
        exchange ->
            respond(
                exchange,
                "{\"Version\":\"28.5.2\",\"ApiVersion\":\"1.51\",\"Os\":\"linux\",\"Arch\":\"amd64\"}"));
    engine.start();
  }

  @AfterAll
  static void stopEngine() {
    engine.stop(0);
  }

  @BeforeEach
  void writeKeys() throws Exception {
    write("ca.pem", certificate("ca"));
    write("cert.pem", certificate("ec"));
    write("key.pem", pem("PRIVATE KEY", keys("ec")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PKCS#8 RSA", "PKCS#1", "PKCS#8 EC", "SEC 1"})
  void connectsWithEveryFormOfAKey(String form) throws Exception {
    write("cert.pem", certificate(form.endsWith("EC") || form.startsWith("SEC") ? "ec" : "rsa"));
    write(
        "key.pem",
        switch (form) {
          case "PKCS#8 RSA" -> pem("PRIVATE KEY", keys("rsa"));
          case "PKCS#1" -> pem("RSA PRIVATE KEY", pkcs1(keys("rsa")));
          case "PKCS#8 EC" -> pem("PRIVATE KEY", keys("ec"));
          default -> pem("EC PARAMETERS", HEX.parseHex("06082a8648ce3d030107")) + sec1();
        });

    assertThat(version()).isEqualTo("28.5.2");
  }

  @Test
  void readsWhatElseIsInTheFiles() throws Exception {
    write("ca.pem", "Bag Attributes\n  name: other\n" + certificate("other") + certificate("ca"));
    write("key.pem", "# secret\r\n" + pem("PRIVATE KEY", keys("ec")).replace("\n", "\r\n"));

    assertThat(version()).isEqualTo("28.5.2");
  }

  @Test
  void trustsNoEngineOfAnotherAuthority() throws Exception {
    write("ca.pem", certificate("other"));

    assertThatThrownBy(this::version)
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("unable to find valid certification path");
  }

  @Test
  void leavesTheProvidersOfTheJvmAlone() {
    List<String> before = Arrays.stream(Security.getProviders()).map(p -> p.getName()).toList();

    assertThat(ClientKeys.read(directory).getSSLContext()).isNotNull();

    assertThat(Security.getProviders()).extracting(p -> p.getName()).isEqualTo(before);
  }

  @Test
  void saysThatAKeyIsEncrypted() throws Exception {
    write("key.pem", pem("ENCRYPTED PRIVATE KEY", keys("ec")));
    assertThatThrownBy(() -> ClientKeys.read(directory))
        .isInstanceOf(EngineException.class)
        .hasMessage(
            "the TLS keys in ["
                + directory
                + "] cannot be read: key.pem is encrypted, perhaps you should make them again, as"
                + " PEM files of which key.pem is not encrypted");

    String old =
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,01";
    write("key.pem", old + "\n\nMII=\n-----END RSA PRIVATE KEY-----\n");
    assertThatThrownBy(() -> ClientKeys.read(directory)).hasMessageContaining("is encrypted");
  }

  @Test
  void saysWhichFileIsNotWhatItShouldBe() throws Exception {
    write("cert.pem", pem("PRIVATE KEY", keys("ec")));
    assertThatThrownBy(() -> ClientKeys.read(directory))
        .hasMessageContaining("cert.pem has no certificate");

    write("cert.pem", certificate("ec"));
    write("key.pem", certificate("ec"));
    assertThatThrownBy(() -> ClientKeys.read(directory))
        .hasMessageContaining("key.pem has no private key");

    write("key.pem", "-----BEGIN PRIVATE KEY-----\nMII!\n-----END PRIVATE KEY-----\n");
    assertThatThrownBy(() -> ClientKeys.read(directory)).hasMessageContaining("key.pem is damaged");

    write("key.pem", pem("RSA PRIVATE KEY", pkcs1(keys("rsa"))));
    assertThatThrownBy(() -> ClientKeys.read(directory))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("cannot be read");
    byte[] cut = Arrays.copyOf(Base64.getMimeDecoder().decode(sec1().split("-----")[2]), 20);
    write("key.pem", pem("EC PRIVATE KEY", cut));
    assertThatThrownBy(() -> ClientKeys.read(directory))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("the key ends too early");
  }

  private String version() {
    Map<String, String> variables =
        Map.of(
            "DOCKER_HOST",
            "tcp://localhost:" + engine.getAddress().getPort(),
            "DOCKER_TLS_VERIFY",
            "1",
            "DOCKER_CERT_PATH",
            directory.toString());
    EngineEnvironment environment = new EngineEnvironment(variables, directory, directory, false);
    EngineLocator locator =
        new EngineLocator(environment, Duration.ofSeconds(10), new RecordingLog());
    try (DockerEngine found = locator.connect()) {
      return found.info().version();
    }
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(directory.resolve(name), content);
  }

  private static String pem(String label, byte[] content) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
  }

  private static String certificate(String alias) throws Exception {
    return pem("CERTIFICATE", keys.getCertificate(alias).getEncoded());
  }

  private static byte[] keys(String alias) throws Exception {
    return keys.getKey(alias, PASSWORD.toCharArray()).getEncoded();
  }

  /** What PKCS#8 wraps, behind the fixed header of a key with 2048 bits. */
  private static byte[] pkcs1(byte[] pkcs8) {
    return Arrays.copyOfRange(pkcs8, 26, pkcs8.length);
  }

  /** As {@code openssl ecparam -name prime256v1 -genkey} writes it. */
  private static String sec1() throws Exception {
    ECPrivateKey key = (ECPrivateKey) keys.getKey("ec", PASSWORD.toCharArray());
    ECPoint point = ((ECPublicKey) keys.getCertificate("ec").getPublicKey()).getW();
    String encoded =
        "30770201010420"
            + number(key.getS())
            + "a00a06082a8648ce3d030107a144034200"
            + "04"
            + number(point.getAffineX())
            + number(point.getAffineY());
    return pem("EC PRIVATE KEY", HEX.parseHex(encoded));
  }

  private static String number(BigInteger number) {
    String hex = number.toString(16);
    return "0".repeat(64 - hex.length()) + hex;
  }

  private static void generate(Path file, String alias, String algorithm, String... more)
      throws Exception {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    line.addAll(List.of("-genkeypair", "-alias", alias, "-dname", "CN=" + alias));
    line.addAll(
        List.of("-keyalg", algorithm, "-keysize", algorithm.equals("RSA") ? "2048" : "256"));
    line.addAll(List.of("-keystore", file.toString(), "-storepass", PASSWORD, "-validity", "2"));
    line.addAll(List.of(more));
    TestJdks.run(line.toArray(String[]::new));
  }

  private static SSLContext serverContext() throws Exception {
    KeyStore own = empty();
    char[] password = PASSWORD.toCharArray();
    own.setKeyEntry(
        "server", keys.getKey("server", password), password, keys.getCertificateChain("server"));
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(own, password);
    KeyStore trusted = empty();
    trusted.setCertificateEntry("ca", keys.getCertificate("ca"));
    TrustManagerFactory clients =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    clients.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), clients.getTrustManagers(), null);
    return context;
  }

  private static KeyStore empty() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static void respond(HttpExchange exchange, String answer) throws IOException {
    try (exchange) {
      byte[] body = answer.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** Lets nobody in who shows no certificate of the authority. */
  private static final class WithClients extends HttpsConfigurator {

    private WithClients(SSLContext context) {
      super(context);
    }

    @Override
    public void configure(HttpsParameters parameters) {
      SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
      wanted.setNeedClientAuth(true);
      parameters.setSSLParameters(wanted);
    }
  }
}
