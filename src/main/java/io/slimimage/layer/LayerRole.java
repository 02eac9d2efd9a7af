package io.slimimage.layer;

import io.slimimage.application.DependencyKind;
import java.util.Locale;

/** What a layer holds; the order is the order in the image, the most stable layer first. */
public enum LayerRole {
  /** The Java runtime with the system files that it needs, as far as the base image lacks them. */
  RUNTIME,
  /** Released dependencies. */
  DEPENDENCIES,
  /** Snapshot dependencies from repositories. */
  SNAPSHOT_DEPENDENCIES,
  /** Jars of the same reactor. */
  MODULES,
  /** The project's own files for the image, from {@code src/main/slimimage}. */
  EXTRA,
  /** The application's own classes and resources. */
  APPLICATION;

  /** Returns the layer that a dependency of this kind goes to. */
  public static LayerRole of(DependencyKind kind) {
    return switch (kind) {
      case RELEASE -> DEPENDENCIES;
      case SNAPSHOT -> SNAPSHOT_DEPENDENCIES;
      case MODULE -> MODULES;
    };
  }

  /** Returns the name in directories, Dockerfiles and reports, such as {@code dependencies}. */
  public String directoryName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
