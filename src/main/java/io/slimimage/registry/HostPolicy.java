package io.slimimage.registry;

import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Which hosts may be spoken to without TLS, or with a certificate that nobody knows. */
final class HostPolicy {

  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  private final Set<String> insecure;

  /**
   * Creates the rule.
   *
   * @param insecure hosts besides loopback, with their port where it is not the usual one
   */
  HostPolicy(Set<String> insecure) {
    this.insecure = new HashSet<>();
    for (String host : insecure) {
      this.insecure.add(host.toLowerCase(Locale.ROOT));
    }
  }

  /** Returns whether the host is this machine itself. */
  static boolean isLoopback(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.equals("[::1]")
        || host.equals("::1")
        || isLoopbackAddress(host);
  }

  /** A name such as {@code 127.example.com} is somebody else's. */
  private static boolean isLoopbackAddress(String host) {
    return host.startsWith("127.")
        && host.chars().filter(it -> it == '.').count() == 3
        && host.chars().allMatch(it -> it == '.' || it >= '0' && it <= '9');
  }

  /** Returns whether the user has named the host. */
  boolean isListed(String host, int port) {
    String name = host.toLowerCase(Locale.ROOT);
    boolean usual = port < 0 || port == HTTP || port == HTTPS;
    return insecure.contains(name + ":" + port) || usual && insecure.contains(name);
  }

  /** Returns whether what is sent to the host may be read, or be answered by another. */
  boolean isInsecure(String host, int port) {
    return isLoopback(host) || isListed(host, port);
  }

  /** Returns whether requests to an address may be sent, for its scheme and its host. */
  boolean allows(URI uri) {
    return uri.getScheme().equalsIgnoreCase("https") || isInsecure(uri.getHost(), uri.getPort());
  }
}
