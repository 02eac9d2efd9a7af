package io.slimimage.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A server that answers over HTTPS on loopback, with the certificate of a {@link
 * CertificateAuthority}'s server.
 */
public final class SecureServer implements AutoCloseable {

  private final HttpsServer server;

  private SecureServer(HttpsServer server) {
    this.server = server;
  }

  /**
   * Starts a server at a free port.
   *
   * @param keys the file of the authority
   * @param answer what it answers
   */
  public static SecureServer start(Path keys, String answer)
      throws IOException, GeneralSecurityException {
    SSLContext context = context(keys);
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext("/", exchange -> respond(exchange, answer));
    server.start();
    return new SecureServer(server);
  }

  /**
   * Returns what a server shows of itself.
   *
   * @param keys the file of the authority
   */
  public static SSLContext context(Path keys) throws IOException, GeneralSecurityException {
    char[] password = CertificateAuthority.PASSWORD.toCharArray();
    KeyStore all = KeyStore.getInstance(keys.toFile(), password);
    // The authority has a key of its own, which the server must not show.
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    own.setKeyEntry(
        "server", all.getKey("server", password), password, all.getCertificateChain("server"));
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(own, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  /** Returns where it listens, such as {@code https://localhost:43210/}. */
  public String address() {
    return "https://localhost:" + server.getAddress().getPort() + "/";
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static void respond(HttpExchange exchange, String answer) throws IOException {
    try (exchange) {
      byte[] body = answer.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
