package io.slimimage.it;

import java.util.List;
import java.util.Optional;

/**
 * Whether samples that push are built: they need an engine, and the registries of a laboratory
 * ({@code .ci/lab}), by the variables that lead there.
 */
public final class RegistryCondition {

  private static final String REPORTED = "slimimage.it.registry.reported";
  private static final List<String> VARIABLES =
      List.of(
          "SLIMIMAGE_LAB_REGISTRY",
          "SLIMIMAGE_LAB_AUTH_REGISTRY",
          "SLIMIMAGE_LAB_AUTH_USER",
          "SLIMIMAGE_LAB_AUTH_PASSWORD",
          "SLIMIMAGE_LAB_JRE_IMAGE");

  private RegistryCondition() {}

  /**
   * Decides for a sample, and tells once per Maven run that samples are skipped.
   *
   * @param mode what a missing engine means, see {@link EngineCondition}
   * @param offline whether Maven is offline, and pushes nothing
   * @return whether the sample is to be built
   */
  public static boolean selects(String mode, boolean offline) {
    Optional<String> obstacle = obstacle(offline);
    obstacle.ifPresent(
        reason -> Console.warnOnce(REPORTED, "Samples that push are skipped: " + reason));
    return obstacle.isEmpty() && EngineCondition.selects(mode);
  }

  private static Optional<String> obstacle(boolean offline) {
    if (offline) {
      return Optional.of("Maven is offline");
    }
    List<String> missing = VARIABLES.stream().filter(name -> System.getenv(name) == null).toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of("no laboratory with registries, which sets " + String.join(", ", missing));
  }
}
