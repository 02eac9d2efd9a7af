package io.slimimage.registry;

import java.io.IOException;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/**
 * The HTTP clients of a build with their pools of connections: one for requests that have little to
 * carry, and one that is opened for the first that has more, and does the rest then.
 *
 * <p>They speak HTTP/1.1 always: each of the blobs that are sent at the same time then has a
 * connection of its own, and giving one up takes nothing else with it. They follow no redirect and
 * answer no challenge, since they would do both without a thought of whom they give credentials to.
 */
final class Connections implements AutoCloseable {

  /** Without it Java gives a proxy no password for what goes through it by TLS. */
  private static final String DISABLED_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";

  /** Java's own would ask one that somebody has set for all of this JVM. */
  private static final Authenticator NOBODY = new Authenticator() {};

  private final RegistrySettings settings;
  private final RegistryTrust trust;
  private final SSLContext tls;
  private final boolean shared = SharedSettings.concernConnections();

  /** Connections are used again for requests with the same one. */
  private SSLSocketFactory sockets;

  private OpenClient client;

  Connections(RegistrySettings settings, RegistryTrust trust) {
    this.settings = settings;
    this.trust = trust;
    this.tls = LazyTls.context(trust);
  }

  /** Returns the client, ready for an address. */
  synchronized HttpClient client(URI uri) {
    if (uri.getScheme().equalsIgnoreCase("https")) {
      trust.load();
    }
    if (client == null) {
      client = open();
    }
    return client.client();
  }

  /**
   * Returns a connection for one request that has little to carry. There is none where a proxy is
   * in between or others have a hand in such connections, nor any more once there is the other
   * client, whose own wait for such requests.
   *
   * @see QuickExchange
   */
  synchronized Optional<HttpURLConnection> quick(URI uri) throws IOException {
    if (shared || client != null || !isDirect(uri)) {
      return Optional.empty();
    }
    if (!(uri.toURL().openConnection(Proxy.NO_PROXY) instanceof HttpURLConnection connection)) {
      // Somebody has other plans for all addresses of this JVM.
      return Optional.empty();
    }
    if (connection instanceof HttpsURLConnection secure) {
      trust.load();
      if (sockets == null) {
        sockets = tls.getSocketFactory();
      }
      secure.setSSLSocketFactory(sockets);
    }
    connection.setInstanceFollowRedirects(false);
    connection.setAuthenticator(NOBODY);
    connection.setConnectTimeout(millis(settings.timeouts().connect()));
    // Whoever waits for the answer gives up first; this is for the thread that is left.
    connection.setReadTimeout(millis(settings.timeouts().idle().multipliedBy(2)));
    return Optional.of(connection);
  }

  private static int millis(Duration duration) {
    return (int) Math.min(duration.toMillis(), Integer.MAX_VALUE);
  }

  /** The client knows no other kind of proxies either. */
  private boolean isDirect(URI uri) {
    List<Proxy> proxies = settings.proxies().selector().select(uri);
    return proxies == null || proxies.stream().noneMatch(it -> it.type() == Proxy.Type.HTTP);
  }

  /** Returns what a proxy between here and an address wants to see. */
  Optional<String> proxyAuthorization(URI uri) {
    if (settings.proxies().authorization().isEmpty()) {
      return Optional.empty();
    }
    List<Proxy> proxies = settings.proxies().selector().select(uri);
    return proxies == null || proxies.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(settings.proxies().authorization().get(name(proxies.get(0))));
  }

  private static String name(Proxy proxy) {
    return proxy.address() instanceof InetSocketAddress address
        ? address.getHostString() + ":" + address.getPort()
        : "";
  }

  private OpenClient open() {
    // Java reads it once, together with the classes of its client.
    if (!settings.proxies().authorization().isEmpty()
        && System.getProperty(DISABLED_SCHEMES) == null) {
      System.setProperty(DISABLED_SCHEMES, "");
    }
    return OpenClient.open(
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.timeouts().connect())
            .proxy(settings.proxies().selector())
            .sslContext(tls)
            .sslParameters(LazyTls.parameters()));
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
      client = null;
    }
  }
}
