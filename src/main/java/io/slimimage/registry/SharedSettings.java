package io.slimimage.registry;

import java.net.CookieHandler;
import java.net.ResponseCache;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a whole JVM has set up for {@link java.net.HttpURLConnection}, and no connection can be
 * without: others' caches and cookies, and the user's Kerberos tickets, which Java gives to whoever
 * answers {@code WWW-Authenticate: Negotiate}.
 *
 * @see <a
 *     href="https://docs.oracle.com/en/java/javase/17/security/part-vi-http-spnego-authentication.html">
 *     HTTP/SPNEGO authentication</a>
 */
final class SharedSettings {

  private SharedSettings() {}

  /** Returns whether any of it may have a hand in a connection. */
  static boolean concernConnections() {
    return ResponseCache.getDefault() != null
        || CookieHandler.getDefault() != null
        || mayHaveTickets(System.getenv(), Path.of("/"));
  }

  /**
   * Returns whether the user may have tickets: without a configuration there are none.
   *
   * @param root of the file system
   */
  static boolean mayHaveTickets(Map<String, String> environment, Path root) {
    boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
    return windows
        || environment.containsKey("KRB5CCNAME")
        || environment.containsKey("KRB5_CONFIG")
        || Stream.of(
                "java.security.krb5.conf",
                "java.security.krb5.realm",
                "java.security.auth.login.config",
                "sun.security.jgss.native")
            .anyMatch(name -> System.getProperty(name) != null)
        || Stream.of("etc/krb5.conf", "Library/Preferences/edu.mit.Kerberos")
            .anyMatch(file -> Files.exists(root.resolve(file)));
  }
}
