package io.slimimage.maven;

import io.slimimage.BuildLog;
import io.slimimage.ConfigurationException;
import io.slimimage.SlimImageException;
import io.slimimage.registry.RegistrySettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.eclipse.aether.repository.RemoteRepository;

/**
 * The proxies of a Maven run: those that are active in {@code settings.xml}, chosen as Maven itself
 * chooses for its repositories, or else those of Java's system properties, such as {@code
 * https.proxyHost}. Nothing goes through a proxy to this machine's own address.
 */
final class MavenProxies {

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.[0-9]+){3}|\\[?(::1|0:0:0:0:0:0:0:1)]?");

  private static final int MOST_PORT = 65535;

  private MavenProxies() {}

  static RegistrySettings.Proxies of(
      MavenSession session, SettingsDecrypter decrypter, BuildLog log) {
    List<Proxy> active =
        session.getSettings().getProxies().stream().filter(Proxy::isActive).toList();
    if (active.isEmpty()) {
      return new RegistrySettings.Proxies(
          new NotForLoopback(ProxySelector.getDefault()), ofSystem(System.getProperties()));
    }
    Map<String, String> authorization = new LinkedHashMap<>();
    for (Proxy proxy : active) {
      checkPort(proxy);
      if (proxy.getUsername() != null && !proxy.getUsername().isEmpty()) {
        String address = proxy.getHost() + ":" + proxy.getPort();
        decrypted(proxy, decrypter, log)
            .ifPresent(it -> authorization.put(address, basic(it.getUsername(), it.getPassword())));
      }
    }
    return new RegistrySettings.Proxies(
        new NotForLoopback(new OfSettings(session.getRepositorySession().getProxySelector())),
        authorization);
  }

  /** Maven takes any number, and Java fails in the middle of a request. */
  private static void checkPort(Proxy proxy) {
    if (proxy.getPort() < 1 || proxy.getPort() > MOST_PORT) {
      throw new ConfigurationException(
          SlimImageException.advise(
              "Proxy '"
                  + proxy.getId()
                  + "' of settings.xml has the port ["
                  + proxy.getPort()
                  + "]",
              "give it one from 1 to " + MOST_PORT));
    }
  }

  /** Returns nothing for a password that cannot be decrypted: sent as it is, it is a wrong one. */
  private static Optional<Proxy> decrypted(Proxy proxy, SettingsDecrypter decrypter, BuildLog log) {
    SettingsDecryptionResult result =
        decrypter.decrypt(new DefaultSettingsDecryptionRequest(proxy));
    for (SettingsProblem problem : result.getProblems()) {
      log.warn(
          SlimImageException.advise(
              "Proxy '"
                  + proxy.getId()
                  + "' of settings.xml is used without its user: "
                  + problem.getMessage(),
              "encrypt its password again, or see whether settings-security.xml is there"));
    }
    return result.getProblems().isEmpty() ? Optional.of(result.getProxy()) : Optional.empty();
  }

  /** The names that Maven's own transports and others have for what Java does not read itself. */
  private static Map<String, String> ofSystem(Properties properties) {
    Map<String, String> authorization = new LinkedHashMap<>();
    for (String scheme : List.of("http", "https")) {
      String host = properties.getProperty(scheme + ".proxyHost", "");
      String user = properties.getProperty(scheme + ".proxyUser", "");
      if (!host.isBlank() && !user.isBlank()) {
        String port =
            properties.getProperty(scheme + ".proxyPort", scheme.equals("http") ? "80" : "443");
        authorization.put(
            host + ":" + port, basic(user, properties.getProperty(scheme + ".proxyPassword")));
      }
    }
    return authorization;
  }

  private static String basic(String user, String password) {
    String pair = user + ":" + (password == null ? "" : password);
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  /** Chooses as Maven does. */
  private static final class OfSettings extends ProxySelector {

    /** Null where an embedder of Maven has left it out. */
    private final org.eclipse.aether.repository.ProxySelector settings;

    OfSettings(org.eclipse.aether.repository.ProxySelector settings) {
      this.settings = settings;
    }

    @Override
    public List<java.net.Proxy> select(URI uri) {
      org.eclipse.aether.repository.Proxy proxy =
          settings == null
              ? null
              : settings.getProxy(
                  new RemoteRepository.Builder("registry", "default", uri.toString()).build());
      return List.of(
          proxy == null
              ? java.net.Proxy.NO_PROXY
              : new java.net.Proxy(
                  java.net.Proxy.Type.HTTP,
                  InetSocketAddress.createUnresolved(proxy.getHost(), proxy.getPort())));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
      // There is no other one to go to.
    }
  }

  /** Leaves registries on this machine to themselves. */
  private static final class NotForLoopback extends ProxySelector {

    private final ProxySelector others;

    NotForLoopback(ProxySelector others) {
      this.others = others;
    }

    @Override
    public List<java.net.Proxy> select(URI uri) {
      String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
      List<java.net.Proxy> proxies = new ArrayList<>();
      if (others != null && !LOOPBACK.matcher(host).matches()) {
        proxies.addAll(others.select(uri));
      }
      return proxies.isEmpty() ? List.of(java.net.Proxy.NO_PROXY) : proxies;
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
      if (others != null) {
        others.connectFailed(uri, address, failure);
      }
    }
  }
}
