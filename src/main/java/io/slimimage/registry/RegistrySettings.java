package io.slimimage.registry;

import java.net.ProxySelector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How registries are reached.
 *
 * @param insecure hosts, with their port where it is not the usual one, that may be spoken to
 *     without TLS, or with a certificate that nobody knows; loopback always may
 * @param authorities a PEM file of certificates that are trusted besides Java's own
 * @param mirrors hosts, with a path where they need one, that are asked before a registry, by the
 *     registry's host
 * @param proxies which proxy to use for which address, with its credentials
 * @param timeouts how long to wait
 * @param offline whether no request may be made at all
 */
public record RegistrySettings(
    Set<String> insecure,
    Optional<Path> authorities,
    Map<String, List<String>> mirrors,
    Proxies proxies,
    Timeouts timeouts,
    boolean offline) {

  /** Copies the collections. */
  public RegistrySettings {
    insecure = Set.copyOf(insecure);
    Objects.requireNonNull(authorities, "authorities");
    mirrors = Map.copyOf(mirrors);
    Objects.requireNonNull(proxies, "proxies");
    Objects.requireNonNull(timeouts, "timeouts");
  }

  /** Returns the settings of someone who has set nothing. */
  public static RegistrySettings usual() {
    return new RegistrySettings(
        Set.of(), Optional.empty(), Map.of(), Proxies.NONE, Timeouts.USUAL, false);
  }

  /**
   * The proxies.
   *
   * @param selector tells which one to use for an address
   * @param authorization the value of {@code Proxy-Authorization}, by the proxy's host and port;
   *     never shown
   */
  public record Proxies(ProxySelector selector, Map<String, String> authorization) {

    /** No proxy at all. */
    public static final Proxies NONE = new Proxies(ProxySelector.of(null), Map.of());

    /** Copies the map. */
    public Proxies {
      Objects.requireNonNull(selector, "selector");
      authorization = Map.copyOf(authorization);
    }

    @Override
    public String toString() {
      return "proxies with credentials for " + authorization.keySet();
    }
  }

  /**
   * How long to wait.
   *
   * @param connect for a connection
   * @param idle for the next byte in either direction; a transfer as a whole has no limit
   */
  public record Timeouts(Duration connect, Duration idle) {

    /** What suits registries on the internet. */
    public static final Timeouts USUAL =
        new Timeouts(Duration.ofSeconds(20), Duration.ofSeconds(60));
  }
}
