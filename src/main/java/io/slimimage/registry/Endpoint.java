package io.slimimage.registry;

import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The address of a registry: it is HTTPS, except where the host may be spoken to without; then it
 * is what the host answers to. The first answer decides.
 */
final class Endpoint {

  private static final String DOCKER_HUB = "docker.io";
  private static final String DOCKER_HUB_ADDRESS = "registry-1.docker.io";
  private static final int BAD_REQUEST = 400;
  private static final int HINT = 1024;

  private final String authority;
  private final Transport transport;
  private final BuildLog log;
  private volatile URI base;

  /**
   * Creates the address of a registry.
   *
   * @param registry host with its port, as references name it
   */
  Endpoint(String registry, Transport transport, BuildLog log) {
    this.authority = registry.equals(DOCKER_HUB) ? DOCKER_HUB_ADDRESS : registry;
    this.transport = transport;
    this.log = log;
    URI secure = URI.create("https://" + authority);
    if (secure.getHost() == null) {
      throw new RegistryException(
          SlimImageException.advise(
              "Nothing can be asked of the registry [" + registry + "], since that is no host",
              "write the whole name or address of the host"));
    }
    if (!transport.hosts().isInsecure(secure.getHost(), secure.getPort())) {
      base = secure;
    }
  }

  /** Returns whether an address is the registry's own, and may know what it may know. */
  boolean owns(URI uri) {
    URI known = base;
    return known != null && Locations.sameServer(known, uri);
  }

  /** Sends a request to its target; the authorization goes to the registry itself only. */
  Answer send(Request request, Optional<Authorization> authorization)
      throws IOException, InterruptedException {
    if (!request.target().startsWith("/")) {
      URI target = URI.create(request.target());
      return transport.send(target, request, owns(target) ? authorization : Optional.empty());
    }
    URI known = base;
    return known == null
        ? first(request)
        : transport.send(known.resolve(request.target()), request, authorization);
  }

  /** Nobody has asked for credentials yet, so that none are sent to whoever answers. */
  private Answer first(Request request) throws IOException, InterruptedException {
    // On loopback hardly any registry has TLS, and one that does says so.
    boolean loopback = HostPolicy.isLoopback(URI.create("https://" + authority).getHost());
    URI one = URI.create((loopback ? "http://" : "https://") + authority);
    URI other = URI.create((loopback ? "https://" : "http://") + authority);
    BrokenConnection failure;
    try {
      Answer answer = transport.send(one.resolve(request.target()), request, Optional.empty());
      if (!wantsTls(answer, request)) {
        base = one;
        return answer;
      }
      answer.close();
      failure = null;
    } catch (BrokenConnection e) {
      if (e.kind() == BrokenConnection.Kind.SILENT) {
        throw e;
      }
      failure = e;
    }
    log.debug("[" + authority + "] does not speak " + one.getScheme() + ", trying the other one");
    try {
      Answer answer = transport.send(other.resolve(request.target()), request, Optional.empty());
      base = other;
      return answer;
    } catch (BrokenConnection e) {
      throw failure == null || failure.kind() == BrokenConnection.Kind.NO_TLS ? e : failure;
    }
  }

  /** Servers for HTTPS answer so to HTTP, each in its own words, which HEAD leaves out. */
  private static boolean wantsTls(Answer answer, Request request) throws IOException {
    // A registry's own answer is JSON, and needed whole.
    boolean possible =
        answer.uri().getScheme().equals("http")
            && answer.status() == BAD_REQUEST
            && !answer.mediaType().contains("json");
    return possible
        && (request.method().equals("HEAD")
            || new String(answer.read(HINT), StandardCharsets.UTF_8).contains("HTTPS"));
  }
}
