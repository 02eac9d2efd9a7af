package io.slimimage.application;

import java.util.Objects;

/**
 * A dependency that the application needs at run time.
 *
 * @param coordinates what it is
 * @param kind which layer it belongs to
 */
public record Dependency(Coordinates coordinates, DependencyKind kind) {

  /** Checks that nothing is null. */
  public Dependency {
    Objects.requireNonNull(coordinates, "coordinates");
    Objects.requireNonNull(kind, "kind");
  }
}
