package io.slimimage.credentials;

import java.util.Optional;

/** A place that may know the credentials of a registry. */
@FunctionalInterface
public interface CredentialSource {

  /**
   * Looks the credentials up.
   *
   * @param registry the registry's host with its port, as an image reference names it; {@code
   *     docker.io} for Docker Hub
   */
  Optional<Credentials> find(String registry);
}
