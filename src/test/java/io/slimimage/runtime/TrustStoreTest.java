package io.slimimage.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.SlimImageException;
import io.slimimage.TestJdks;
import io.slimimage.blob.Blob;
import io.slimimage.modules.Jdk;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trust stores with a private certification authority, whose certificates keytool makes. */
class TrustStoreTest {

  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir static Path made;
  private static Path authority;
  private static Path keys;
  private static Path original;

  private static Blob store(Path original, List<Path> files) {
    List<X509Certificate> added =
        files.stream().flatMap(file -> CertificateFile.read(file).stream()).toList();
    return TrustStore.of(original, added);
  }

  @TempDir Path work;

  @BeforeAll
  static void makeCertificates() throws Exception {
    keys = made.resolve("keys.p12");
    authority = made.resolve("company.pem");
    original = made.resolve("cacerts");
    generate("ca", "CN=Company CA", "bc:c=ca:true", "");
    generate("server", "CN=localhost", "san=dns:localhost", "ca");
    generate("old", "CN=Old CA", "bc:c=ca:true", "", "-startdate", "-20d", "-validity", "10");
    export("ca", authority, "-rfc");
    export("old", made.resolve("old.der"));
    Path other = made.resolve("other.der");
    generate("other", "CN=Other CA", "bc:c=ca:true", "");
    export("other", other);
    keytool(
        "-importcert",
        "-noprompt",
        "-alias",
        "other",
        "-file",
        other + "",
        "-storetype",
        "JKS",
        "-keystore",
        original + "");
  }

  private static void generate(
      String alias, String name, String extension, String signer, String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("-genkeypair", "-keyalg", "EC", "-alias", alias, "-dname", name));
    arguments.addAll(List.of("-ext", extension, "-keystore", keys.toString()));
    if (!signer.isEmpty()) {
      arguments.addAll(List.of("-signer", signer));
    }
    arguments.addAll(List.of(more));
    keytool(arguments.toArray(String[]::new));
  }

  private static void export(String alias, Path file, String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of("-exportcert", "-alias", alias, "-keystore", keys + "", "-file", file + ""));
    arguments.addAll(List.of(more));
    keytool(arguments.toArray(String[]::new));
  }

  private static String keytool(String... arguments) throws Exception {
    return keytool(Path.of(System.getProperty("java.home")), arguments);
  }

  private static String keytool(Path jdk, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(jdk.resolve("bin/keytool").toString()));
    command.addAll(List.of("-storepass", "changeit", "-J-Xshare:auto"));
    command.addAll(1, List.of(arguments[0]));
    command.addAll(List.of(arguments).subList(1, arguments.length));
    return TestJdks.run(command.toArray(String[]::new));
  }

  private static byte[] bytes(Blob blob) throws IOException {
    try (InputStream in = blob.open()) {
      return in.readAllBytes();
    }
  }

  private static KeyStore load(byte[] store, char[] password) throws Exception {
    KeyStore keyStore = KeyStore.getInstance(KeyStore.getDefaultType());
    keyStore.load(new ByteArrayInputStream(store), password);
    return keyStore;
  }

  private static Set<Certificate> certificates(KeyStore store) throws Exception {
    Set<Certificate> certificates = new HashSet<>();
    for (String alias : Collections.list(store.aliases())) {
      assertThat(store.isCertificateEntry(alias)).isTrue();
      certificates.add(store.getCertificate(alias));
    }
    return certificates;
  }

  @Test
  void acceptsAServerOfTheAddedAuthorityAndNoOther() throws Exception {
    byte[] without = bytes(store(original, List.of()));
    byte[] with = bytes(store(original, List.of(authority)));

    assertThat(handshake(with)).isEqualTo("hello");
    assertThatThrownBy(() -> handshake(without)).isInstanceOf(SSLHandshakeException.class);
  }

  /** Connects with the JDK's usual trust manager to a server that has the server's key. */
  private static String handshake(byte[] trusted) throws Exception {
    KeyManagerFactory keyManagers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    KeyStore serverKeys = KeyStore.getInstance(keys.toFile(), PASSWORD);
    for (String alias : List.of("ca", "old", "other")) {
      serverKeys.deleteEntry(alias);
    }
    keyManagers.init(serverKeys, PASSWORD);
    SSLContext server = SSLContext.getInstance("TLS");
    server.init(keyManagers.getKeyManagers(), null, null);
    TrustManagerFactory trustManagers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trustManagers.init(load(trusted, null));
    SSLContext client = SSLContext.getInstance("TLS");
    client.init(null, trustManagers.getTrustManagers(), null);
    try (SSLServerSocket listening =
        (SSLServerSocket) server.getServerSocketFactory().createServerSocket(0)) {
      Thread answers =
          new Thread(
              () -> {
                try (SSLSocket socket = (SSLSocket) listening.accept()) {
                  socket.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                  // The client sees it, too.
                }
              });
      answers.start();
      try (SSLSocket socket =
          (SSLSocket)
              client.getSocketFactory().createSocket("localhost", listening.getLocalPort())) {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      } finally {
        answers.join();
      }
    }
  }

  @Test
  void isReadByEveryJdk() throws Exception {
    Path store = Files.write(work.resolve("cacerts"), bytes(store(original, List.of(authority))));

    for (Jdk jdk : TestJdks.all()) {
      assertThat(keytool(jdk.home(), "-list", "-keystore", store.toString()))
          .contains("2 entries")
          .contains("trustedCertEntry");
    }
  }

  @Test
  void opensWithAndWithoutThePasswordButWithNoOther() throws Exception {
    byte[] store = bytes(store(original, List.of(authority)));

    assertThat(certificates(load(store, PASSWORD))).hasSize(2);
    assertThat(certificates(load(store, null))).hasSize(2);
    assertThatThrownBy(() -> load(store, "other".toCharArray())).isInstanceOf(IOException.class);
  }

  @Test
  void keepsEveryCertificateOfTheJdksOwn() throws Exception {
    for (Jdk jdk : TestJdks.all()) {
      Path own = jdk.home().resolve("lib/security/cacerts");
      Set<Certificate> expected = certificates(KeyStore.getInstance(own.toFile(), PASSWORD));

      assertThat(certificates(load(bytes(store(own, List.of())), null))).isEqualTo(expected);
    }
  }

  @Test
  void hasTheSameBytesWhateverTypeAndPasswordTheOriginalHas() throws Exception {
    byte[] expected = bytes(store(original, List.of(authority)));
    Set<Certificate> same = certificates(load(expected, null));
    Path encrypted = written(pkcs12(same), PASSWORD, "encrypted");

    assertThat(bytes(store(encrypted, List.of()))).isEqualTo(expected);
    System.setProperty("keystore.pkcs12.certProtectionAlgorithm", "NONE");
    System.setProperty("keystore.pkcs12.macAlgorithm", "NONE");
    try {
      Path open = written(pkcs12(same), null, "open");
      assertThat(bytes(store(open, List.of()))).isEqualTo(expected);
    } finally {
      System.clearProperty("keystore.pkcs12.certProtectionAlgorithm");
      System.clearProperty("keystore.pkcs12.macAlgorithm");
    }
  }

  private static KeyStore pkcs12(Set<Certificate> certificates) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (Certificate certificate : certificates) {
      store.setCertificateEntry("c" + certificate.hashCode(), certificate);
    }
    return store;
  }

  private Path written(KeyStore store, char[] password, String name) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    store.store(out, password);
    return Files.write(work.resolve(name), out.toByteArray());
  }

  @Test
  void takesBundlesWithTextBetweenAndDropsDuplicates() throws Exception {
    String pem = Files.readString(authority);
    Path bundle = work.resolve("bundle.crt");
    Files.writeString(
        bundle, "# Company -- CA\n" + pem + "\r\n --- again\n" + pem.replace("\n", "\r\n"));

    assertThat(bytes(store(original, List.of(bundle, authority))))
        .isEqualTo(bytes(store(original, List.of(authority))));
  }

  @Test
  void takesAnExpiredCertificate() throws Exception {
    assertThat(certificates(load(bytes(store(original, List.of(made.resolve("old.der")))), null)))
        .hasSize(2);
  }

  @Test
  void refusesAPrivateKeyAndDoesNotShowIt() throws Exception {
    Path key = work.resolve("key.pem");
    Files.writeString(
        key, Files.readString(authority) + "-----BEGIN EC PRIVATE KEY-----\nTOPSECRET\n");

    assertThatThrownBy(() -> store(original, List.of(key)))
        .isInstanceOf(SlimImageException.class)
        .hasMessage(
            "["
                + key
                + "] has a private key, perhaps you should name a file that has only"
                + " certificates");
  }

  @Test
  void refusesAFileWithoutACertificate() throws Exception {
    Path damaged = work.resolve("damaged.pem");
    Files.writeString(damaged, Files.readString(authority).replaceFirst("MII", "AAA"));
    Path text = Files.writeString(work.resolve("text"), "TOPSECRET");
    Path empty = Files.writeString(work.resolve("empty"), "");

    for (Path file : List.of(damaged, text, empty, keys)) {
      assertThatThrownBy(() -> store(original, List.of(file)))
          .isInstanceOf(SlimImageException.class)
          .hasMessageStartingWith("[" + file + "] is no file of certificates")
          .hasMessageNotContaining("TOPSECRET");
    }
    assertThatThrownBy(() -> store(original, List.of(work.resolve("none"))))
        .hasMessageContaining("[" + work.resolve("none") + "] cannot be read");
  }

  @Test
  void leavesAnUnreadableOriginalAloneOrRefuses() throws Exception {
    Path odd = Files.writeString(work.resolve("odd"), "of another kind");

    assertThat(bytes(store(odd, List.of()))).isEqualTo(Files.readAllBytes(odd));
    assertThatThrownBy(() -> store(odd, List.of(authority)))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("The trust store [" + odd + "] cannot be read");
  }
}
