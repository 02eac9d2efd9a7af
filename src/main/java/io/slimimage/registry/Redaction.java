package io.slimimage.registry;

import io.slimimage.credentials.Credentials;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;

/**
 * Takes out of what a server says the secrets that it was sent: some quote the request that they
 * refuse, and what they say is shown to the user.
 *
 * <p>Never printed.
 */
final class Redaction {

  /** So short a word says nothing of whose it is, but would be taken out of others. */
  private static final int SHORTEST = 4;

  private static final String BASIC = "Basic ";

  private final List<String> secrets = new ArrayList<>();

  /** Hides a header's value, such as {@code Basic bWU6c2VjcmV0}, and what is encoded in it. */
  Redaction header(String value) {
    hide(value.substring(value.indexOf(' ') + 1));
    if (value.startsWith(BASIC)) {
      byte[] pair = Base64.getDecoder().decode(value.substring(BASIC.length()));
      String text = new String(pair, StandardCharsets.UTF_8);
      hide(text.substring(text.indexOf(':') + 1));
    }
    return this;
  }

  /** Hides a password and an identity token. */
  Redaction credentials(Credentials credentials) {
    hide(credentials.password());
    hide(credentials.identityToken());
    return this;
  }

  private void hide(String secret) {
    if (secret.length() >= SHORTEST) {
      secrets.add(secret);
      secrets.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
    }
  }

  /** Returns a text without them. */
  String apply(String text) {
    String result = text;
    // One may be a part of another.
    secrets.sort(Comparator.comparingInt(String::length).reversed());
    for (String secret : secrets) {
      result = result.replace(secret, "***");
    }
    return result;
  }
}
