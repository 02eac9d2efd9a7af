package io.slimimage.credentials;

import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Several sources in order: the first that knows complete credentials wins. */
public final class CredentialChain implements CredentialSource {

  private final List<CredentialSource> sources;
  private final BuildLog log;

  /** Creates a chain that asks the sources in the list's order. */
  public CredentialChain(List<? extends CredentialSource> sources, BuildLog log) {
    this.sources = List.copyOf(sources);
    this.log = Objects.requireNonNull(log, "log");
  }

  @Override
  public Optional<Credentials> find(String registry) {
    Optional<Credentials> found = firstComplete(sources, registry, log);
    log.debug(
        found
            .map(it -> "Using " + it + " for the registry [" + registry + "]")
            .orElse("No credentials for the registry [" + registry + "], going on without"));
    return found;
  }

  /** Returns the first complete credentials, with a warning for each half of a pair on the way. */
  static Optional<Credentials> firstComplete(
      List<? extends CredentialSource> sources, String registry, BuildLog log) {
    for (CredentialSource source : sources) {
      Optional<Credentials> found = source.find(registry);
      if (found.isPresent() && isComplete(found.get(), registry, log)) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static boolean isComplete(Credentials credentials, String registry, BuildLog log) {
    boolean username = !credentials.username().isEmpty();
    boolean password = !credentials.password().isEmpty();
    if (!credentials.identityToken().isEmpty() || (username && password)) {
      return true;
    }
    if (username || password) {
      log.warn(
          SlimImageException.advise(
              "Ignoring the "
                  + credentials
                  + " for the registry ["
                  + registry
                  + "], which have "
                  + (username
                      ? "a user name without a password"
                      : "a password without a user name"),
              "set both or remove the entry"));
    }
    return false;
  }
}
