package io.slimimage.registry;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Optional;

/**
 * The one HTTP client of a build with its pool of connections, made for the first request.
 *
 * <p>It speaks HTTP/1.1 always: each of the blobs that are sent at the same time then has a
 * connection of its own, and giving one up takes nothing else with it. It follows no redirect and
 * answers no challenge, since it would do both without a thought of whom it gives credentials to.
 */
final class Connections {

  /** Without it Java gives a proxy no password for what goes through it by TLS. */
  private static final String DISABLED_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";

  private final RegistrySettings settings;
  private final RegistryTrust trust;
  private HttpClient client;

  Connections(RegistrySettings settings, RegistryTrust trust) {
    this.settings = settings;
    this.trust = trust;
  }

  /** Returns the client, ready for an address. */
  synchronized HttpClient client(URI uri) {
    if (uri.getScheme().equalsIgnoreCase("https")) {
      trust.load();
    }
    if (client == null) {
      client = open();
    }
    return client;
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

  private HttpClient open() {
    // Java reads it once, together with the classes of its client.
    if (!settings.proxies().authorization().isEmpty()
        && System.getProperty(DISABLED_SCHEMES) == null) {
      System.setProperty(DISABLED_SCHEMES, "");
    }
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(settings.timeouts().connect())
        .proxy(settings.proxies().selector())
        .sslContext(LazyTls.context(trust))
        .sslParameters(LazyTls.parameters())
        .build();
  }
}
