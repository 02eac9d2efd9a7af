package io.slimimage.credentials;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Credentials that the user gave to the build under the registry's name, such as the servers of
 * {@code settings.xml}.
 *
 * <p>An id matches if it is the registry's host with its port or, when no such id answers, without
 * it; case does not matter and the names of Docker Hub are one.
 */
public final class ExplicitCredentials implements CredentialSource {

  private final List<String> ids;
  private final Function<String, Optional<Credentials>> resolver;

  /**
   * Creates a source that resolves credentials only once their id has matched, so that a server
   * that cannot be decrypted does no harm to a build that does not need it.
   *
   * @param ids the ids, in order of preference
   * @param resolver returns the credentials of one of the ids
   */
  public ExplicitCredentials(
      Collection<String> ids, Function<String, Optional<Credentials>> resolver) {
    this.ids = List.copyOf(ids);
    this.resolver = Objects.requireNonNull(resolver, "resolver");
  }

  /** Creates a source of credentials that are known already, by their ids. */
  public static ExplicitCredentials of(Map<String, Credentials> byId) {
    Map<String, Credentials> copy = Map.copyOf(byId);
    return new ExplicitCredentials(byId.keySet(), id -> Optional.of(copy.get(id)));
  }

  @Override
  public Optional<Credentials> find(String registry) {
    RegistryName name = RegistryName.of(registry);
    return Stream.of(name, name.withoutPort())
        .distinct()
        .flatMap(wanted -> ids.stream().filter(id -> RegistryName.of(id).equals(wanted)))
        .flatMap(id -> resolver.apply(id).stream())
        .findFirst();
  }

  @Override
  public String toString() {
    return "explicit credentials of " + ids;
  }
}
