package io.slimimage.docker;

import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the engine to use.
 *
 * <p>An engine that the user named, by {@code DOCKER_HOST} or {@code DOCKER_CONTEXT}, is the only
 * one that is tried: to build on another one instead would be a surprise. Otherwise the current
 * context and the sockets of the usual installations are tried in turn.
 */
public final class EngineLocator {

  /** How long an engine may take to answer, unless configured. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(1);

  private static final String HOST = "DOCKER_HOST";
  private static final String CONTEXT = "DOCKER_CONTEXT";

  private final EngineEnvironment environment;
  private final EngineProbe probe;

  /**
   * Creates a locator.
   *
   * @param environment where to look
   * @param timeout how long each engine may take to answer
   * @param log where engines that are found report to
   */
  public EngineLocator(EngineEnvironment environment, Duration timeout, BuildLog log) {
    this.environment = environment;
    this.probe = new EngineProbe(timeout, environment.variable("DOCKER_API_VERSION"), log);
  }

  /** Creates a locator that looks where this process's environment says. */
  public static EngineLocator ofProcess(BuildLog log) {
    return new EngineLocator(EngineEnvironment.ofProcess(), DEFAULT_TIMEOUT, log);
  }

  /**
   * Returns the first engine that answers.
   *
   * @throws EngineException if no engine answers; the message lists every place
   */
  public DockerEngine connect() {
    EngineSearch search = find();
    if (search instanceof EngineSearch.Nothing nothing) {
      throw nothing.toException("set 'slimimage.engine' to embedded");
    }
    return ((EngineSearch.Found) search).found();
  }

  /**
   * Looks for an engine, where to have none is not a mistake.
   *
   * @throws EngineException if the user named an engine and that one does not answer
   */
  public EngineSearch find() {
    Optional<EngineAddress> named = named();
    if (named.isPresent()) {
      return connectNamed(named.get());
    }
    List<EngineAttempt> attempts = new ArrayList<>();
    Set<URI> seen = new HashSet<>();
    for (EngineAddress address : candidates(attempts)) {
      if (!seen.add(address.uri())) {
        continue;
      }
      EngineProbe.Result result = probe.probe(address);
      if (result.engine() != null) {
        return new EngineSearch.Found(result.engine(), attempts);
      }
      attempts.add(new EngineAttempt(address.uri().toString(), address.origin(), result.reason()));
    }
    return new EngineSearch.Nothing(attempts);
  }

  private EngineSearch connectNamed(EngineAddress address) {
    EngineProbe.Result result = probe.probe(address);
    if (result.engine() != null) {
      return new EngineSearch.Found(result.engine(), List.of());
    }
    String variable = address.origin().startsWith(CONTEXT) ? CONTEXT : HOST;
    throw new EngineException(
        SlimImageException.advise(
            "No Docker Engine answers at " + address + ": " + result.reason(),
            "start that engine, correct " + variable + " or unset it"));
  }

  private Optional<EngineAddress> named() {
    Optional<String> host = environment.variable(HOST);
    if (host.isPresent()) {
      return Optional.of(EngineAddress.parse(host.get(), HOST, certificates()));
    }
    return environment
        .variable(CONTEXT)
        .filter(DockerContexts::isNamed)
        .map(name -> contexts().address(name, CONTEXT));
  }

  /** As Docker's own client does, any value of the variable switches TLS on. */
  private Path certificates() {
    if (environment.variable("DOCKER_TLS_VERIFY").isEmpty()) {
      return null;
    }
    return environment
        .variable("DOCKER_CERT_PATH")
        .map(Path::of)
        .orElse(environment.dockerConfig());
  }

  private List<EngineAddress> candidates(List<EngineAttempt> attempts) {
    List<EngineAddress> candidates = new ArrayList<>();
    if (environment.variable(CONTEXT).isEmpty()) {
      currentContext(attempts).ifPresent(candidates::add);
    }
    if (environment.windows()) {
      candidates.add(
          new EngineAddress(
              URI.create("npipe:////./pipe/docker_engine"), "Docker's default pipe", null));
      return candidates;
    }
    candidates.add(
        EngineAddress.unix(environment.run().resolve("docker.sock"), "Docker's default socket"));
    environment
        .variable("XDG_RUNTIME_DIR")
        .map(Path::of)
        .ifPresent(
            runtime -> {
              candidates.add(EngineAddress.unix(runtime.resolve("docker.sock"), "rootless Docker"));
              candidates.add(
                  EngineAddress.unix(runtime.resolve("podman/podman.sock"), "rootless Podman"));
            });
    Path home = environment.home();
    candidates.add(EngineAddress.unix(home.resolve(".docker/run/docker.sock"), "Docker Desktop"));
    candidates.add(EngineAddress.unix(home.resolve(".colima/default/docker.sock"), "Colima"));
    return candidates;
  }

  /** What the user chose for the Docker client once is a wish, not an order for this build. */
  private Optional<EngineAddress> currentContext(List<EngineAttempt> attempts) {
    Path config = contexts().directory().resolve("config.json");
    String origin = "currentContext of " + config;
    try {
      return contexts().current().map(name -> contexts().address(name, origin));
    } catch (IOException e) {
      attempts.add(new EngineAttempt(config.toString(), "Docker's client", "cannot be read"));
    } catch (EngineException e) {
      attempts.add(new EngineAttempt(config.toString(), "Docker's client", e.getMessage()));
    }
    return Optional.empty();
  }

  private DockerContexts contexts() {
    return new DockerContexts(environment.dockerConfig());
  }
}
