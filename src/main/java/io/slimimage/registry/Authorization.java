package io.slimimage.registry;

import io.slimimage.credentials.Credentials;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * What a registry wants to see, as the value of {@code Authorization}. Never printed.
 *
 * <p>No record: one that is refused is compared with its successor, and the two may have equal
 * values.
 */
final class Authorization {

  /** A token is no longer used when this part of its life is left. */
  private static final long MARGIN = 10;

  private final String header;
  private final Optional<Credentials> credentials;
  private final long expires;
  private final boolean forEver;

  private Authorization(
      String header, Optional<Credentials> credentials, long expires, boolean forEver) {
    this.header = header;
    this.credentials = credentials;
    this.expires = expires;
    this.forEver = forEver;
  }

  /** Returns that of user and password, without a token service. */
  static Authorization basic(Credentials credentials) {
    String pair = credentials.username() + ":" + credentials.password();
    String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    return new Authorization("Basic " + encoded, Optional.of(credentials), 0, true);
  }

  /**
   * Returns that of a token.
   *
   * @param credentials that it was got with; none for an anonymous one
   * @param received when it was asked for, by our own clock in nanoseconds: what the service thinks
   *     the time is does not matter
   * @param lifetime in nanoseconds
   */
  static Authorization bearer(
      String token, Optional<Credentials> credentials, long received, long lifetime) {
    return new Authorization(
        "Bearer " + token, credentials, received + lifetime - lifetime / MARGIN, false);
  }

  String header() {
    return header;
  }

  /** Returns whose rights it stands for; nobody's where it is anonymous. */
  Optional<Credentials> credentials() {
    return credentials;
  }

  /** Returns whether it is so old that it would be refused, or soon. */
  boolean isExpired(long nanos) {
    return !forEver && nanos - expires >= 0;
  }

  @Override
  public String toString() {
    return credentials.map(Credentials::toString).orElse("anonymous token");
  }
}
