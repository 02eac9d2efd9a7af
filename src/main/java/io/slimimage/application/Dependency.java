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

  /** Written out, since a record's own makes the first build of a JVM wait for 60 classes. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Dependency dependency
        && kind == dependency.kind
        && coordinates.equals(dependency.coordinates);
  }

  @Override
  public int hashCode() {
    return coordinates.hashCode();
  }
}
