package io.slimimage.credentials;

import java.util.Objects;

/**
 * What a registry asks for. Never printed: {@link #toString} shows the source only.
 *
 * @param username the user, empty with an identity token
 * @param password the password, empty with an identity token
 * @param identityToken an OAuth2 refresh token, or the empty string
 * @param source where they come from, in words for the log, such as {@code settings.xml}
 */
public record Credentials(String username, String password, String identityToken, String source) {

  /** Checks that nothing is null. */
  public Credentials {
    Objects.requireNonNull(username, "username");
    Objects.requireNonNull(password, "password");
    Objects.requireNonNull(identityToken, "identityToken");
    Objects.requireNonNull(source, "source");
  }

  @Override
  public String toString() {
    return "credentials from " + source;
  }
}
