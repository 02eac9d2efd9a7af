package io.slimimage.credentials;

import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a registry in the one form that lookups compare: host and port in lower case, without
 * scheme and path, and {@code docker.io} for every name of Docker Hub.
 *
 * <p>Nothing is rejected, since ids of {@code settings.xml} that have nothing to do with registries
 * pass through here too. The port stays as written, {@code host} and {@code host:443} differ: so do
 * they for Docker.
 *
 * @param authority the host, with {@code :port} where one was given
 */
public record RegistryName(String authority) {

  private static final String DOCKER_HUB = "docker.io";

  /** The key under which {@code docker login} keeps Docker Hub's credentials, for ever. */
  private static final String DOCKER_HUB_SERVER = "https://index.docker.io/v1/";

  private static final Set<String> DOCKER_HUB_ALIASES =
      Set.of(DOCKER_HUB, "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com");

  private static final Pattern SCHEME = Pattern.compile("^[a-z][a-z0-9+.-]*://");
  private static final Pattern WITH_PORT = Pattern.compile("(\\[[^]]+]|[^:]+):[0-9]+");

  /** Normalizes an address such as {@code https://Index.docker.io/v1/}. */
  public RegistryName {
    Objects.requireNonNull(authority, "authority");
    String address = withoutScheme(authority);
    int slash = address.indexOf('/');
    String host = slash < 0 ? address : address.substring(0, slash);
    authority = DOCKER_HUB_ALIASES.contains(host) ? DOCKER_HUB : host;
  }

  /** Returns the name of the registry at an address, a URL or a host with or without port. */
  public static RegistryName of(String address) {
    return new RegistryName(address);
  }

  /** Returns whether this is Docker Hub, under whichever of its names. */
  public boolean isDockerHub() {
    return authority.equals(DOCKER_HUB);
  }

  /**
   * Returns what credential helpers and Docker's API call the server's address: the host with its
   * port, and a URL for Docker Hub alone.
   */
  public String serverAddress() {
    return isDockerHub() ? DOCKER_HUB_SERVER : authority;
  }

  /** Returns the host alone, the same name where there is no port. */
  RegistryName withoutPort() {
    Matcher matcher = WITH_PORT.matcher(authority);
    return matcher.matches() ? new RegistryName(matcher.group(1)) : this;
  }

  /** Returns an address's path without slashes around it, empty where there is none. */
  static String pathOf(String address) {
    String rest = withoutScheme(address);
    int slash = rest.indexOf('/');
    return slash < 0 ? "" : rest.substring(slash).replaceAll("^/+|/+$", "");
  }

  private static String withoutScheme(String address) {
    return SCHEME.matcher(address.strip().toLowerCase(Locale.ROOT)).replaceFirst("");
  }

  @Override
  public String toString() {
    return authority;
  }
}
