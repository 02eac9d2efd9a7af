package io.slimimage.modules;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * A JDK on this machine, which need not be the one that runs this code.
 *
 * @param home its directory
 * @param feature its feature release, such as 17
 * @param release the properties of its file {@code release}, without quotes
 */
public record Jdk(Path home, int feature, Map<String, String> release) {

  /** Copies the map. */
  public Jdk {
    Objects.requireNonNull(home, "home");
    release = Map.copyOf(release);
  }
}
