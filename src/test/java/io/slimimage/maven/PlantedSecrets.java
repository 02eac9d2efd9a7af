package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;

import io.slimimage.credentials.UserEnvironment;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.settings.Proxy;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.util.repository.DefaultProxySelector;

/** A marked secret in every place that credentials come from, and what finds them elsewhere. */
final class PlantedSecrets {

  /** The user of all of them. */
  static final String USER = "me";

  /** In every secret, and in nothing else. */
  private static final String MARK = "Gd7Kq2xW9tZb";

  private final Path root;
  private final TestReactor reactor;
  private final Proxy proxy;

  /**
   * Plants them below a directory.
   *
   * @param proxy the port of the proxy that leads to every registry
   */
  PlantedSecrets(Path root, int proxy) throws IOException {
    this.root = root;
    this.proxy = SettingsOfTests.proxy("127.0.0.1", proxy, USER, of("proxy"));
    this.reactor =
        new TestReactor(root)
            .project("", "<groupId>g</groupId><artifactId>a</artifactId><version>1</version>");
    reactor.request().addProxy(this.proxy);
    server("plain.example", of("plain"));
    server("encrypted.example", SettingsOfTests.encrypted(of("encrypted")));
    reactor.file(
        "home/.docker/config.json",
        """
        {"auths":{
           "auths.example":{"auth":"%s"},
           "token.example":{"identitytoken":"%s"},
           "half.example":{"password":"%s"},
           "broken.example":{"auth":"%s"}},
         "credHelpers":{"helper.example":"marked","lost.example":"lost","mute.example":"mute"},
         "credsStore":"tokens"}
        """
            .formatted(base64(USER + ":" + of("auths")), of("token"), of("half"), of("broken")));
    reactor.file(
        "home/.config/containers/auth.json",
        "{\"auths\":{\"podman.example\":{\"auth\":\"%s\"}}}"
            .formatted(base64(USER + ":" + of("podman"))));
    helper("marked", "{\"Username\":\"" + USER + "\",\"Secret\":\"" + of("helper") + "\"}", 0);
    helper("mute", of("mute") + " is the password, and no JSON", 0);
    helper("lost", "the password " + of("lost") + " does not work any more", 1);
    helper("tokens", "credentials not found in native keychain", 1);
  }

  /** Returns the secret of a place. */
  static String of(String place) {
    return MARK + "-" + place;
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the value of a header. */
  static String basic(String password) {
    return "Basic " + base64(USER + ":" + password);
  }

  private void server(String id, String password) {
    reactor.request().addServer(SettingsOfTests.server(id, USER, password));
  }

  /** Makes a helper that tells on the side how it was called. */
  private void helper(String name, String answer, int exitCode) throws IOException {
    String file = "programs/docker-credential-" + name;
    reactor.file(
        file,
        """
        #!/bin/sh
        tr '\\0' ' ' </proc/$$/cmdline >>'%s'
        cat <<'EOF'
        %s
        EOF
        exit %d
        """
            .formatted(root.resolve("commands"), answer, exitCode));
    Files.setPosixFilePermissions(root.resolve(file), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Returns the command lines of the helpers that were called. */
  String commands() throws IOException {
    return Files.readString(root.resolve("commands"));
  }

  UserEnvironment user() {
    return new UserEnvironment(
        Map.of(
            "HOME",
            root.resolve("home").toString(),
            "PATH",
            root.resolve("programs") + ":/usr/bin:/bin",
            "TOKEN",
            of("environment")),
        null,
        false);
  }

  /** Returns a session that was called with these properties. */
  MavenSession session(Properties properties) {
    MavenSession session = reactor.session(0);
    session.getUserProperties().putAll(properties);
    DefaultProxySelector selector = new DefaultProxySelector();
    selector.add(
        new org.eclipse.aether.repository.Proxy("http", proxy.getHost(), proxy.getPort()), null);
    ((DefaultRepositorySystemSession) session.getRepositorySession()).setProxySelector(selector);
    return session;
  }

  /** Returns what is shown of a failure. */
  static String trace(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }

  /** Checks that there are none in these texts, nor in any file where none was planted. */
  void assertThatNoneIsIn(List<String> texts) throws IOException {
    List<String> all = new ArrayList<>(texts);
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!file.startsWith(root.resolve("home")) && !file.startsWith(root.resolve("programs"))) {
          all.add(file.toString());
          all.add(text(Files.readAllBytes(file)));
        }
      }
    }
    assertThat(all).isNotEmpty().allSatisfy(text -> assertThat(text).doesNotContain(marks()));
  }

  /** Returns bytes as they are and, where they are compressed, as they were. */
  static String text(byte[] bytes) throws IOException {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    if (!text.startsWith("\u001f\u008b")) {
      return text;
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return text + new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  /** As it is, and as a header would have it, wherever in there it begins. */
  private static List<String> marks() {
    List<String> marks = new ArrayList<>(List.of(MARK));
    for (int shift = 0; shift < 3; shift++) {
      String encoded = base64("x".repeat(shift) + MARK);
      // Without the first characters, which what is before the mark has a part in.
      marks.add(encoded.substring(shift == 0 ? 0 : 4, 12));
    }
    return marks;
  }
}
