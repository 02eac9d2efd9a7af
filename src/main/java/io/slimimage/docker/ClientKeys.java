package io.slimimage.docker;

import com.github.dockerjava.core.SSLConfig;
import io.slimimage.SlimImageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The keys of TLS connections to an engine, from the files that Docker's own client reads: {@code
 * ca.pem}, {@code cert.pem} and {@code key.pem}.
 *
 * <p>The JDK reads them. docker-java's reader needs Bouncy Castle, which it makes known to the
 * whole JVM, and whose 8,000 signed files cost every start of this plugin 30 ms: Maven opens all
 * jars of a plugin several times, and reads their manifests.
 */
final class ClientKeys implements SSLConfig {

  private static final String CA = "ca.pem";
  private static final String CERTIFICATE = "cert.pem";
  private static final String KEY = "key.pem";

  /** The stores are never written; they have a password because their interface wants one. */
  private static final char[] PASSWORD = new char[0];

  private final SSLContext context;

  private ClientKeys(SSLContext context) {
    this.context = context;
  }

  /**
   * Reads the files.
   *
   * @throws EngineException if one is missing, is not what it should be, or the key is encrypted
   */
  static ClientKeys read(Path directory) {
    for (String name : List.of(CA, CERTIFICATE, KEY)) {
      if (!Files.isReadable(directory.resolve(name))) {
        throw new EngineException(
            SlimImageException.advise(
                "the TLS keys in [" + directory + "] lack a readable " + name,
                "set DOCKER_CERT_PATH to a directory with ca.pem, cert.pem and key.pem"));
      }
    }
    try {
      KeyManagerFactory own =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      own.init(keys(directory), PASSWORD);
      TrustManagerFactory others =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      others.init(authorities(directory));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own.getKeyManagers(), others.getTrustManagers(), null);
      return new ClientKeys(context);
    } catch (GeneralSecurityException | IOException e) {
      throw new EngineException(
          SlimImageException.advise(
              "the TLS keys in [" + directory + "] cannot be read: " + EngineFailures.reason(e),
              "make them again, as PEM files of which key.pem is not encrypted"),
          e);
    }
  }

  @Override
  public SSLContext getSSLContext() {
    return context;
  }

  private static KeyStore keys(Path directory) throws GeneralSecurityException, IOException {
    List<Certificate> chain = certificates(directory.resolve(CERTIFICATE));
    PemBlock block =
        PemBlock.read(directory.resolve(KEY)).stream()
            .filter(candidate -> candidate.label().endsWith("PRIVATE KEY"))
            .findFirst()
            .orElseThrow(() -> new IOException(KEY + " has no private key"));
    if (block.label().startsWith(PemBlock.ENCRYPTED)) {
      throw new IOException(KEY + " is encrypted");
    }
    PrivateKey key = PrivateKeys.of(block, chain.get(0).getPublicKey().getAlgorithm());
    KeyStore store = empty();
    store.setKeyEntry("client", key, PASSWORD, chain.toArray(Certificate[]::new));
    return store;
  }

  private static KeyStore authorities(Path directory) throws GeneralSecurityException, IOException {
    KeyStore store = empty();
    int number = 0;
    for (Certificate authority : certificates(directory.resolve(CA))) {
      store.setCertificateEntry("authority-" + number++, authority);
    }
    return store;
  }

  /** Of this type since it takes a chain as it is; a PKCS#12 store wants it complete. */
  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("JKS");
    store.load(null, PASSWORD);
    return store;
  }

  private static List<Certificate> certificates(Path file)
      throws CertificateException, IOException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<Certificate> certificates = new ArrayList<>();
    for (PemBlock block : PemBlock.read(file)) {
      if (block.label().equals("CERTIFICATE")) {
        certificates.add(factory.generateCertificate(new ByteArrayInputStream(block.content())));
      }
    }
    if (certificates.isEmpty()) {
      throw new IOException(file.getFileName() + " has no certificate");
    }
    return certificates;
  }
}
