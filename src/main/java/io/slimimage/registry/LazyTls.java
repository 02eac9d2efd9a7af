package io.slimimage.registry;

import io.slimimage.SlimImageException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * TLS that is made for the first connection with it. The HTTP client wants to have it in any case,
 * and a registry on loopback would wait for 300 classes that it does not need.
 */
final class LazyTls extends SSLContextSpi {

  private final RegistryTrust trust;
  private SSLContext context;

  private LazyTls(RegistryTrust trust) {
    this.trust = trust;
  }

  /** Returns the context. */
  static SSLContext context(RegistryTrust trust) {
    return new SSLContext(new LazyTls(trust), null, "TLS") {};
  }

  /** Returns what the HTTP client would ask a context for that is there. */
  static SSLParameters parameters() {
    return new SSLParameters(null, new String[] {"TLSv1.3", "TLSv1.2"});
  }

  private synchronized SSLContext made() {
    if (context == null) {
      try {
        SSLContext made = SSLContext.getInstance("TLS");
        made.init(ClientKeys.ofSystem(), new TrustManager[] {trust}, null);
        context = made;
      } catch (GeneralSecurityException | IOException e) {
        throw new SlimImageException("Java has no usable TLS: " + e.getMessage(), e);
      }
    }
    return context;
  }

  @Override
  protected SSLEngine engineCreateSSLEngine(String host, int port) {
    return made().createSSLEngine(host, port);
  }

  @Override
  protected SSLEngine engineCreateSSLEngine() {
    return made().createSSLEngine();
  }

  @Override
  protected SSLSocketFactory engineGetSocketFactory() {
    return made().getSocketFactory();
  }

  @Override
  protected SSLServerSocketFactory engineGetServerSocketFactory() {
    return made().getServerSocketFactory();
  }

  @Override
  protected SSLSessionContext engineGetServerSessionContext() {
    return made().getServerSessionContext();
  }

  @Override
  protected SSLSessionContext engineGetClientSessionContext() {
    return made().getClientSessionContext();
  }

  @Override
  protected void engineInit(KeyManager[] keys, TrustManager[] trusted, SecureRandom random) {
    throw new UnsupportedOperationException("it is made when it is needed");
  }
}
