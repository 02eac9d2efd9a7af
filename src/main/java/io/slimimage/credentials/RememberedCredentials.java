package io.slimimage.credentials;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks another source once for each registry, since a helper may take seconds to answer, and can
 * tell afterwards what was asked for.
 */
public final class RememberedCredentials implements CredentialSource {

  private final CredentialSource source;
  private final Map<String, Optional<Credentials>> answers = new ConcurrentHashMap<>();

  /** Creates a source that remembers what another one answers. */
  public RememberedCredentials(CredentialSource source) {
    this.source = Objects.requireNonNull(source, "source");
  }

  @Override
  public Optional<Credentials> find(String registry) {
    return answers.computeIfAbsent(registry, source::find);
  }

  /**
   * Returns where the credentials of a registry come from, in words; nothing where there are none,
   * or nobody has asked for them.
   */
  public Optional<String> origin(String registry) {
    return answers.getOrDefault(registry, Optional.empty()).map(Credentials::source);
  }

  @Override
  public String toString() {
    return "remembered " + source;
  }
}
