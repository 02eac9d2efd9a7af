package io.slimimage.docker;

import io.slimimage.SlimImageException;
import java.net.URI;
import java.nio.file.Path;

/**
 * Where an engine may listen.
 *
 * @param uri {@code unix:///path}, {@code tcp://host:port} or {@code npipe:////./pipe/name}
 * @param origin what names this address, such as {@code DOCKER_HOST}
 * @param certificates directory with {@code ca.pem}, {@code cert.pem} and {@code key.pem}, or null
 *     for a connection without TLS
 */
record EngineAddress(URI uri, String origin, Path certificates) {

  private static final int PLAIN_PORT = 2375;
  private static final int TLS_PORT = 2376;

  /**
   * Checks an address that a user or a context file gave and fills the default port in.
   *
   * @throws EngineException if no transport can reach such an address
   */
  static EngineAddress parse(String value, String origin, Path certificates) {
    String scheme = value.contains("://") ? value.substring(0, value.indexOf("://")) : "";
    return switch (scheme) {
      case "unix", "npipe" -> new EngineAddress(uri(value, origin), origin, null);
      case "tcp" -> tcp(uri(value, origin), value, origin, certificates);
      case "ssh" ->
          throw new EngineException(
              SlimImageException.advise(
                  origin + " [" + value + "] is an engine behind SSH, which is not supported",
                  "forward its socket with [ssh -nNT -L /tmp/docker.sock:/var/run/docker.sock HOST]"
                      + " and set DOCKER_HOST=unix:///tmp/docker.sock"));
      default -> throw malformed(value, origin);
    };
  }

  private static EngineAddress tcp(URI uri, String value, String origin, Path certificates) {
    if (uri.getHost() == null) {
      throw malformed(value, origin);
    }
    int port = certificates == null ? PLAIN_PORT : TLS_PORT;
    URI complete = uri.getPort() >= 0 ? uri : URI.create("tcp://" + uri.getHost() + ":" + port);
    return new EngineAddress(complete, origin, certificates);
  }

  private static URI uri(String value, String origin) {
    try {
      return URI.create(value);
    } catch (IllegalArgumentException e) {
      throw malformed(value, origin);
    }
  }

  private static EngineException malformed(String value, String origin) {
    return new EngineException(
        SlimImageException.advise(
            origin + " [" + value + "] is not an address of an engine",
            "use the form unix:///path/docker.sock or tcp://host:port"));
  }

  static EngineAddress unix(Path socket, String origin) {
    return new EngineAddress(URI.create("unix://" + socket.toUri().getRawPath()), origin, null);
  }

  boolean isUnix() {
    return "unix".equals(uri.getScheme());
  }

  @Override
  public String toString() {
    return uri + " (" + origin + ")";
  }
}
