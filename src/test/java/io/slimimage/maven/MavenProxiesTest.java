package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.ConfigurationException;
import io.slimimage.RecordedLog;
import io.slimimage.registry.RegistrySettings;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.settings.Proxy;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.util.repository.DefaultProxySelector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MavenProxiesTest {

  @TempDir private Path root;

  private RegistrySettings.Proxies proxies(Proxy... proxies) {
    TestReactor reactor =
        new TestReactor(root)
            .project("", "<groupId>g</groupId><artifactId>a</artifactId><version>1</version>");
    DefaultProxySelector selector = new DefaultProxySelector();
    for (Proxy proxy : proxies) {
      reactor.request().addProxy(proxy);
      // What Maven makes of its settings.
      selector.add(
          new org.eclipse.aether.repository.Proxy(
              proxy.getProtocol(), proxy.getHost(), proxy.getPort()),
          proxy.getNonProxyHosts());
    }
    MavenSession session = reactor.session(0);
    ((DefaultRepositorySystemSession) session.getRepositorySession()).setProxySelector(selector);
    return MavenProxies.of(session, SettingsOfTests.decrypter(), new RecordedLog());
  }

  private static String chosen(RegistrySettings.Proxies proxies, String uri) {
    java.net.Proxy proxy = proxies.selector().select(URI.create(uri)).get(0);
    return proxy.address() instanceof InetSocketAddress address
        ? address.getHostString() + ":" + address.getPort()
        : "none";
  }

  @Test
  void takesThatOfTheSettingsForRegistriesButThoseItIsNotFor() {
    Proxy company = SettingsOfTests.proxy("proxy.example", 3128, null, null);
    company.setNonProxyHosts("*.corp.example|registry.test");
    RegistrySettings.Proxies proxies = proxies(company);

    assertThat(chosen(proxies, "https://registry.example/v2/")).isEqualTo("proxy.example:3128");
    assertThat(chosen(proxies, "http://registry.example/v2/")).isEqualTo("proxy.example:3128");
    assertThat(chosen(proxies, "https://a.corp.example/v2/")).isEqualTo("none");
    assertThat(chosen(proxies, "https://registry.test:5000/v2/")).isEqualTo("none");
    assertThat(proxies.authorization()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1:5000", "127.1.2.3", "[::1]:5000"})
  void reachesThisMachineWithoutAProxy(String host) {
    RegistrySettings.Proxies proxies =
        proxies(SettingsOfTests.proxy("proxy.example", 3128, null, null));

    assertThat(chosen(proxies, "http://" + host + "/v2/")).isEqualTo("none");
  }

  @Test
  void decryptsThePasswordAndHidesIt() {
    String encrypted = SettingsOfTests.encrypted("s3cret");
    RegistrySettings.Proxies proxies =
        proxies(SettingsOfTests.proxy("proxy.example", 3128, "me", encrypted));

    assertThat(proxies.authorization())
        .isEqualTo(Map.of("proxy.example:3128", "Basic bWU6czNjcmV0"));
    assertThat(proxies.toString()).doesNotContain("bWU6czNjcmV0");
  }

  @Test
  void sendsNoPasswordThatCannotBeDecrypted() {
    RegistrySettings.Proxies proxies =
        proxies(SettingsOfTests.proxy("proxy.example", 3128, "me", SettingsOfTests.BROKEN));

    assertThat(chosen(proxies, "https://registry.example/v2/")).isEqualTo("proxy.example:3128");
    assertThat(proxies.authorization()).isEmpty();
  }

  @Test
  void leavesOutAProxyThatIsNotActive() {
    Proxy inactive = SettingsOfTests.proxy("proxy.example", 3128, "me", "s3cret");
    inactive.setActive(false);

    assertThat(proxies(inactive).authorization()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 65536})
  void refusesAPortThatIsNone(int port) {
    Proxy proxy = SettingsOfTests.proxy("proxy.example", port, null, null);

    assertThatThrownBy(() -> proxies(proxy))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "Proxy '%s' of settings.xml has the port [%d], perhaps you should give it one from 1 to 65535",
            proxy.getId(), port);
  }

  @Test
  void takesThatOfJavaWhereTheSettingsHaveNone() {
    Map<String, String> properties =
        Map.of(
            "https.proxyHost", "java.example",
            "https.proxyPort", "8443",
            "https.proxyUser", "me",
            "https.proxyPassword", "s3cret",
            "http.nonProxyHosts", "*.corp.example");
    properties.forEach(System::setProperty);
    try {
      RegistrySettings.Proxies proxies = proxies();

      assertThat(chosen(proxies, "https://registry.example/v2/")).isEqualTo("java.example:8443");
      assertThat(chosen(proxies, "https://a.corp.example/v2/")).isEqualTo("none");
      assertThat(proxies.authorization())
          .isEqualTo(Map.of("java.example:8443", "Basic bWU6czNjcmV0"));
      assertThat(
              chosen(
                  proxies(SettingsOfTests.proxy("proxy.example", 3128, null, null)),
                  "https://registry.example/v2/"))
          .isEqualTo("proxy.example:3128");
    } finally {
      properties.keySet().forEach(System::clearProperty);
    }
  }
}
