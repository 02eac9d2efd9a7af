package io.slimimage.registry;

import io.slimimage.ConfigurationException;
import io.slimimage.SlimImageException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts whom Java trusts, besides the user's own authorities, and everybody who answers for a host
 * that need not be secure.
 *
 * <p>Java's own certificates take a while to be read: {@link #load} does it, before the first
 * handshake.
 */
final class RegistryTrust extends X509ExtendedTrustManager {

  private final Optional<Path> authorities;
  private final HostPolicy hosts;
  private volatile X509ExtendedTrustManager trusted;

  RegistryTrust(Optional<Path> authorities, HostPolicy hosts) {
    this.authorities = authorities;
    this.hosts = hosts;
  }

  /**
   * Reads the certificates, the first time.
   *
   * @throws ConfigurationException if the user's own cannot be read
   */
  synchronized void load() {
    if (trusted != null) {
      return;
    }
    try {
      X509ExtendedTrustManager usual = manager(null);
      trusted = authorities.isEmpty() ? usual : manager(merged(usual, authorities.get()));
    } catch (GeneralSecurityException | IOException e) {
      throw new SlimImageException("Java's own certificates cannot be read: " + e.getMessage(), e);
    }
  }

  private static KeyStore merged(X509ExtendedTrustManager usual, Path file)
      throws GeneralSecurityException, IOException {
    KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
    all.load(null, null);
    int number = 0;
    for (Certificate certificate : usual.getAcceptedIssuers()) {
      all.setCertificateEntry("java" + number++, certificate);
    }
    for (Certificate certificate : read(file)) {
      all.setCertificateEntry("own" + number++, certificate);
    }
    return all;
  }

  private static Collection<? extends Certificate> read(Path file) {
    String cause;
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (!certificates.isEmpty()) {
        return certificates;
      }
      cause = "it has none";
    } catch (CertificateException e) {
      cause = "it is damaged";
    } catch (IOException e) {
      cause = e.toString();
    }
    throw new ConfigurationException(
        SlimImageException.advise(
            "slimimage.registry.ca [" + file + "] gives no certificates: " + cause,
            "name a PEM file with the certificate of the registry's authority"));
  }

  private static X509ExtendedTrustManager manager(KeyStore certificates)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(certificates);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager extended) {
        return extended;
      }
    }
    throw new GeneralSecurityException("Java has no trust manager for X.509");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    if (!hosts.isInsecure(engine.getPeerHost(), engine.getPeerPort())) {
      loaded().checkServerTrusted(chain, authType, engine);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    SSLSocket secure = (SSLSocket) socket;
    SSLSession session = secure.getHandshakeSession();
    if (!hosts.isInsecure(session.getPeerHost(), session.getPeerPort())) {
      // Java leaves it to a verifier of host names, if anybody has set one for the whole JVM.
      SSLParameters parameters = secure.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secure.setSSLParameters(parameters);
      loaded().checkServerTrusted(chain, authType, socket);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    loaded().checkServerTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("this is a client");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("this is a client");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("this is a client");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }

  private X509ExtendedTrustManager loaded() {
    load();
    return trusted;
  }
}
