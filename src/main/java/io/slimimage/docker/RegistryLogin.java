package io.slimimage.docker;

import com.github.dockerjava.api.model.AuthConfig;
import io.slimimage.credentials.Credentials;
import io.slimimage.credentials.RegistryName;
import io.slimimage.image.ImageReference;
import java.util.Optional;

/** Credentials in the form that an engine takes them along with a request. */
final class RegistryLogin {

  private RegistryLogin() {}

  /**
   * Returns what goes along with a request about an image.
   *
   * @return without user and token where there are no credentials, as older engines want it
   */
  static AuthConfig of(ImageReference reference, Optional<Credentials> credentials) {
    AuthConfig login =
        new AuthConfig().withRegistryAddress(RegistryName.of(reference.registry()).serverAddress());
    if (credentials.isEmpty()) {
      return login;
    }
    Credentials known = credentials.get();
    return known.identityToken().isEmpty()
        ? login.withUsername(known.username()).withPassword(known.password())
        : login.withIdentityToken(known.identityToken());
  }
}
