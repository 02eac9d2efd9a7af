package io.slimimage.registry;

import io.slimimage.SlimImageException;
import io.slimimage.credentials.CredentialSource;
import io.slimimage.credentials.Credentials;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * What one registry gets to see of who asks: nothing until it wants to know; to read, an anonymous
 * token where one is enough; else what the user's credentials give. Tokens are kept by the rights
 * that they were asked for, so that one to read is never used to write.
 */
final class Authentication {

  private static final String BEARER = "bearer";
  private static final String BASIC = "basic";

  private final String registry;
  private final CredentialSource source;
  private final TokenService tokens;
  private final Timing timing;
  private final ReentrantLock lock = new ReentrantLock();

  /** All below are guarded by the lock: of several threads that need a token, one gets it. */
  private final Map<String, Authorization> known = new HashMap<>();

  /** What the registry has asked for, in its own words, by our own. */
  private final Map<String, String> wanted = new HashMap<>();

  private Challenge challenge;
  private URI challenger;
  private Optional<Credentials> credentials;

  /**
   * Creates what a registry is going to see.
   *
   * @param registry by the name that credentials know it
   */
  Authentication(String registry, CredentialSource source, TokenService tokens, Timing timing) {
    this.registry = registry;
    this.source = source;
    this.tokens = tokens;
    this.timing = timing;
  }

  /** Returns what to send with the first request, as far as it is known what the registry wants. */
  Optional<Authorization> current(Scope scope) throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      Authorization last = known.get(scope.key());
      if (last != null && !last.isExpired(timing.nanos())) {
        return Optional.of(last);
      }
      if (last != null) {
        return Optional.of(keep(scope, obtain(scope, last.credentials())));
      }
      return challenge == null ? Optional.empty() : first(scope);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns what to send instead.
   *
   * @param answer the refusal, with what it refuses
   * @param refusals how many there were before in the same request
   * @return nothing where the refusal is final
   * @throws RegistryException if the registry does not say what it wants, or the token service
   *     refuses
   */
  Optional<Authorization> instead(Scope scope, Answer answer, int refusals)
      throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      Optional<Authorization> refused = answer.authorization();
      Authorization newer = known.get(scope.key());
      if (newer != null && newer != refused.orElse(null) && !newer.isExpired(timing.nanos())) {
        return Optional.of(newer);
      }
      if (answer.status() == Statuses.UNAUTHORIZED) {
        learn(scope, answer);
      }
      boolean forbidden = answer.status() == Statuses.FORBIDDEN;
      if (challenge == null) {
        return Optional.empty();
      }
      if (refused.isEmpty()) {
        return forbidden ? Optional.empty() : first(scope);
      }
      if (refused.get().credentials().isPresent()) {
        return forbidden || refusals > 0
            ? Optional.empty()
            : Optional.of(keep(scope, obtain(scope, credentials())));
      }
      if (credentials().isPresent()) {
        return Optional.of(keep(scope, obtain(scope, credentials())));
      }
      return forbidden || refusals > 0
          ? Optional.empty()
          : Optional.of(keep(scope, obtain(scope, Optional.empty())));
    } finally {
      lock.unlock();
    }
  }

  private Optional<Authorization> first(Scope scope) throws IOException, InterruptedException {
    if (challenge.scheme().equals(BASIC)) {
      return credentials().map(it -> keep(scope, Authorization.basic(it)));
    }
    if (scope.access() == Access.PUSH) {
      return Optional.of(keep(scope, obtain(scope, credentials())));
    }
    try {
      return Optional.of(keep(scope, obtain(scope, Optional.empty())));
    } catch (RegistryException e) {
      if (e.status() == RegistryException.NO_STATUS || credentials().isEmpty()) {
        throw e;
      }
      return Optional.of(keep(scope, obtain(scope, credentials())));
    }
  }

  private Authorization obtain(Scope scope, Optional<Credentials> whose)
      throws IOException, InterruptedException {
    if (challenge.scheme().equals(BASIC) && whose.isPresent()) {
      return Authorization.basic(whose.get());
    }
    List<String> rights = scope.asked(wanted.getOrDefault(scope.key(), ""));
    return tokens.token(challenge, challenger, rights, whose);
  }

  private Authorization keep(Scope scope, Authorization authorization) {
    known.put(scope.key(), authorization);
    return authorization;
  }

  /** Looks them up once: it may start a program, or ask the user. */
  private Optional<Credentials> credentials() {
    if (credentials == null) {
      credentials = source.find(registry);
    }
    return credentials;
  }

  private void learn(Scope scope, Answer answer) {
    List<Challenge> challenges = Challenge.parse(answer.headers("WWW-Authenticate"));
    if (challenges.isEmpty() && challenge != null) {
      // It has said it before.
      return;
    }
    challenge = choose(challenges, answer);
    challenger = answer.uri();
    wanted.put(scope.key(), challenge.parameter("scope"));
  }

  /** Takes tokens rather than passwords, where the registry has both. */
  private Challenge choose(List<Challenge> challenges, Answer answer) {
    Optional<Challenge> bearer = find(challenges, BEARER);
    if (bearer.isPresent() && !bearer.get().parameter("realm").isEmpty()) {
      return bearer.get();
    }
    return find(challenges, BASIC)
        .orElseThrow(() -> new RegistryException(unusable(challenges), answer.status(), null));
  }

  private static Optional<Challenge> find(List<Challenge> challenges, String scheme) {
    return challenges.stream().filter(it -> it.scheme().equals(scheme)).findFirst();
  }

  private String unusable(List<Challenge> challenges) {
    String refusal = "The registry [" + registry + "] answers 401 ";
    if (challenges.isEmpty()) {
      return SlimImageException.advise(
          refusal + "without saying how to log in (no WWW-Authenticate)",
          "check whether it is a registry, and nothing stands before it that wants a log-in");
    }
    if (find(challenges, BEARER).isPresent()) {
      return SlimImageException.advise(
          refusal + "without saying where its token service is (Bearer without realm)",
          "have whoever runs it set the realm");
    }
    String schemes =
        challenges.stream().map(Challenge::scheme).distinct().collect(Collectors.joining(", "));
    return SlimImageException.advise(
        refusal + "and wants to be logged in to by [" + schemes + "]",
        "have whoever runs it allow tokens or passwords");
  }
}
