package io.slimimage.registry;

import io.slimimage.BuildLog;
import io.slimimage.Laboratory;
import io.slimimage.credentials.CredentialSource;
import io.slimimage.credentials.Credentials;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The registries of the laboratory, by the variable that says where they are; without it the test
 * is skipped, or fails if asked to.
 */
public enum LaboratoryRegistry {
  /** Without TLS, for everybody. */
  PLAIN("SLIMIMAGE_LAB_REGISTRY"),
  /** Without TLS, for one user. */
  WITH_PASSWORD("SLIMIMAGE_LAB_AUTH_REGISTRY"),
  /** With a certificate of its own authority, for everybody. */
  WITH_TLS("SLIMIMAGE_LAB_TLS_REGISTRY");

  private final String variable;

  LaboratoryRegistry(String variable) {
    this.variable = variable;
  }

  /** Returns address and port. */
  public String host() {
    return Laboratory.variable(variable);
  }

  /** Returns a client that may do everything there. */
  public HttpRegistries open(BuildLog log) {
    return new HttpRegistries(settings(), credentials(), log);
  }

  RegistrySettings settings() {
    Optional<Path> authority =
        this == WITH_TLS
            ? Optional.of(Path.of(Laboratory.variable("SLIMIMAGE_LAB_CA")))
            : Optional.empty();
    return new RegistrySettings(
        Set.of(),
        authority,
        Map.of(),
        RegistrySettings.Proxies.NONE,
        RegistrySettings.Timeouts.USUAL,
        false);
  }

  CredentialSource credentials() {
    return registry ->
        this == WITH_PASSWORD
            ? Optional.of(
                new Credentials(
                    Laboratory.variable("SLIMIMAGE_LAB_AUTH_USER"),
                    Laboratory.variable("SLIMIMAGE_LAB_AUTH_PASSWORD"),
                    "",
                    "the laboratory"))
            : Optional.empty();
  }
}
