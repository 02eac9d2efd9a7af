package io.slimimage.registry;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;

/** Addresses that answers give. */
final class Locations {

  /** What may be in an address besides letters and digits; others are sent raw all the same. */
  private static final String LEGAL = "-._~:/?#[]@!$&'()*+,;=%";

  private Locations() {}

  /**
   * Returns where an answer leads.
   *
   * @throws RegistryException if it does not say it, or not clearly
   */
  static URI of(Answer answer) {
    List<String> locations = answer.headers("Location");
    if (new HashSet<>(locations).size() != 1 || locations.get(0).isBlank()) {
      throw new RegistryException(
          "The registry ["
              + host(answer.uri())
              + "] answers "
              + answer.status()
              + (locations.isEmpty() ? " without a Location" : " with Locations that differ"),
          answer.status(),
          null);
    }
    return resolve(answer, locations.get(0).strip());
  }

  private static URI resolve(Answer answer, String location) {
    URI from = answer.uri();
    try {
      URI to = from.resolve(new URI(escaped(location)));
      String scheme = to.getScheme();
      if (to.getHost() != null && ("https".equals(scheme) || "http".equals(scheme))) {
        return isDowngrade(from, to) ? withSchemeOf(from, to) : to;
      }
    } catch (URISyntaxException e) {
      // Reported below.
    }
    throw new RegistryException(
        "The registry [" + host(from) + "] answers with a Location that is no address of a server",
        answer.status(),
        null);
  }

  /** Behind a proxy that adds TLS, a registry often does not know by what address it is called. */
  private static boolean isDowngrade(URI from, URI to) {
    return from.getScheme().equals("https")
        && to.getScheme().equals("http")
        && from.getHost().equalsIgnoreCase(to.getHost())
        && (to.getPort() < 0 || to.getPort() == 80 || to.getPort() == from.getPort());
  }

  private static URI withSchemeOf(URI from, URI to) throws URISyntaxException {
    return new URI("https://" + host(from) + pathAndQuery(to));
  }

  private static String pathAndQuery(URI uri) {
    return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
  }

  private static String escaped(String location) {
    StringBuilder result = new StringBuilder();
    for (byte it : location.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) Byte.toUnsignedInt(it);
      boolean legal =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || LEGAL.indexOf(c) >= 0;
      result.append(legal ? String.valueOf(c) : String.format("%%%02X", (int) c));
    }
    return result.toString();
  }

  /** Returns whether what one address may know, the other may know too. */
  static boolean sameServer(URI one, URI other) {
    return one.getScheme().equalsIgnoreCase(other.getScheme())
        && one.getHost().equalsIgnoreCase(other.getHost())
        && port(one) == port(other);
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
  }

  /** Returns the host with its port, where it has one. */
  static String host(URI uri) {
    return uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
  }

  /** Returns the address with one more parameter in its query. */
  static String with(String address, String name, String value) {
    String separator =
        address.indexOf('?') < 0 ? "?" : address.endsWith("?") || address.endsWith("&") ? "" : "&";
    return address + separator + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
