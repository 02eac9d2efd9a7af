package io.slimimage.base;

import io.slimimage.registry.Registries;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * How base images are got from registries.
 *
 * @param client the registries, which stay open; asked for no sooner than a request is to be made
 * @param offline whether no request may be made
 */
public record BaseRegistries(Supplier<? extends Registries> client, boolean offline) {
  /** Checks that nothing is null. */
  public BaseRegistries {
    Objects.requireNonNull(client, "client");
  }
}
