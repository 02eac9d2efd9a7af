package io.slimimage.maven;

import java.util.List;
import java.util.stream.Stream;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.building.DefaultSettingsProblem;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;

/**
 * Parts of a {@code settings.xml}, and what decrypts them: {@code {abc}} is {@code cba}, and {@link
 * #BROKEN} nothing.
 */
final class SettingsOfTests {

  /** What cannot be decrypted. */
  static final String BROKEN = "{}";

  private SettingsOfTests() {}

  static Server server(String id, String user, String password) {
    Server server = new Server();
    server.setId(id);
    server.setUsername(user);
    server.setPassword(password);
    return server;
  }

  static Proxy proxy(String host, int port, String user, String password) {
    Proxy proxy = new Proxy();
    proxy.setId("company");
    proxy.setProtocol("http");
    proxy.setHost(host);
    proxy.setPort(port);
    proxy.setUsername(user);
    proxy.setPassword(password);
    return proxy;
  }

  /** Returns the encrypted form of a password. */
  static String encrypted(String password) {
    return "{" + new StringBuilder(password).reverse() + "}";
  }

  static SettingsDecrypter decrypter() {
    return Decrypted::new;
  }

  private static String decrypted(String password) {
    boolean encrypted = password != null && password.startsWith("{") && !password.equals(BROKEN);
    return encrypted
        ? new StringBuilder(password.substring(1, password.length() - 1)).reverse().toString()
        : password;
  }

  /** Copies, as Maven's own answers are. */
  private record Decrypted(SettingsDecryptionRequest request) implements SettingsDecryptionResult {

    @Override
    public Server getServer() {
      return getServers().isEmpty() ? null : getServers().get(0);
    }

    @Override
    public List<Server> getServers() {
      return request.getServers().stream()
          .map(it -> server(it.getId(), it.getUsername(), decrypted(it.getPassword())))
          .toList();
    }

    @Override
    public Proxy getProxy() {
      return getProxies().isEmpty() ? null : getProxies().get(0);
    }

    @Override
    public List<Proxy> getProxies() {
      return request.getProxies().stream()
          .map(
              it ->
                  proxy(it.getHost(), it.getPort(), it.getUsername(), decrypted(it.getPassword())))
          .toList();
    }

    @Override
    public List<SettingsProblem> getProblems() {
      boolean broken =
          Stream.concat(
                  request.getServers().stream().map(Server::getPassword),
                  request.getProxies().stream().map(Proxy::getPassword))
              .anyMatch(BROKEN::equals);
      return broken
          ? List.of(
              new DefaultSettingsProblem(
                  "no master password", SettingsProblem.Severity.ERROR, "server: a", -1, -1, null))
          : List.of();
    }
  }
}
