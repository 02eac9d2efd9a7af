package io.slimimage.registry;

import io.slimimage.BuildLog;
import io.slimimage.credentials.CredentialSource;
import java.io.IOException;
import java.util.Optional;

/** The requests to one registry, with everything that it takes to get them answered. */
final class RegistryClient {

  private final String registry;
  private final Endpoint endpoint;
  private final Redirects redirects;
  private final Authentication authentication;
  private final Retries retries;
  private final FirstRequest first = new FirstRequest();
  private final Timing timing;

  /**
   * Creates a client, which asks nothing yet.
   *
   * @param registry host with its port, as references name it
   */
  RegistryClient(String registry, Transport transport, CredentialSource source, BuildLog log) {
    this.registry = registry;
    this.timing = transport.timing();
    this.endpoint = new Endpoint(registry, transport, log);
    this.redirects = new Redirects(transport);
    this.authentication = new Authentication(registry, source, new TokenService(transport), timing);
    this.retries = new Retries(timing, log);
  }

  /** Returns the registry's host with its port, as references name it. */
  String registry() {
    return registry;
  }

  Retries retries() {
    return retries;
  }

  /**
   * Sends a request, logs in where the registry wants it, and goes where it redirects to.
   *
   * @return an answer that is final; also one that the request was refused
   * @throws IOException if the request may be answered otherwise a little later
   */
  Answer send(Request request, Scope scope) throws IOException, InterruptedException {
    // What has content may have to wait for another answer of this registry to get it.
    if (request.content().length() > 0) {
      return exchange(request, scope);
    }
    first.await();
    try {
      return exchange(request, scope);
    } finally {
      first.end();
    }
  }

  private Answer exchange(Request request, Scope scope) throws IOException, InterruptedException {
    Optional<Authorization> authorization = authentication.current(scope);
    for (int refusals = 0; ; refusals++) {
      Answer answer = redirects.follow(endpoint.send(request, authorization), request);
      boolean wanted = false;
      try {
        Statuses.throwIfTemporary(answer, timing);
        authorization =
            isRefusal(answer) ? authentication.instead(scope, answer, refusals) : Optional.empty();
        first.end();
        wanted = authorization.isEmpty();
        if (wanted) {
          return answer;
        }
      } finally {
        if (!wanted) {
          answer.close();
        }
      }
    }
  }

  /** Where a redirect has led to, nobody knows our credentials, and nobody is to. */
  private boolean isRefusal(Answer answer) {
    return (answer.status() == Statuses.UNAUTHORIZED || answer.status() == Statuses.FORBIDDEN)
        && endpoint.owns(answer.uri());
  }
}
