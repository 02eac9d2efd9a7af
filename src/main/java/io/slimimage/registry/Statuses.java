package io.slimimage.registry;

import io.slimimage.SlimImageException;
import io.slimimage.credentials.Credentials;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the statuses of answers mean, and how to say it. */
final class Statuses {

  static final int OK = 200;
  static final int CREATED = 201;
  static final int ACCEPTED = 202;
  static final int UNAUTHORIZED = 401;
  static final int FORBIDDEN = 403;
  static final int NOT_FOUND = 404;
  static final int PROXY = 407;
  private static final int TOO_LARGE = 413;

  private static final List<String> TAKEN =
      List.of("immutable", "overwrit", "does not allow updating");

  private Statuses() {}

  /** Fails if the same request may get another answer later. */
  static void throwIfTemporary(Answer answer, Timing timing) throws TemporaryFailure {
    throwIfTemporary(answer, answer.redaction(), timing);
  }

  /** The same for an answer to a request with secrets in its body. */
  static void throwIfTemporary(Answer answer, Redaction redaction, Timing timing)
      throws TemporaryFailure {
    switch (answer.status()) {
      case 408, 429, 500, 502, 503, 504 ->
          throw new TemporaryFailure(
              "[" + Locations.host(answer.uri()) + "] answers " + describe(answer, redaction),
              answer.status(),
              RetryAfter.of(answer, timing.now()));
      default -> {}
    }
  }

  /** Returns the status with what the answer says about it. */
  static String describe(Answer answer) {
    return describe(answer, answer.redaction());
  }

  /** The same for an answer to a request with secrets in its body. */
  static String describe(Answer answer, Redaction redaction) {
    String text = ErrorText.of(answer, redaction);
    return answer.status() + (text.isEmpty() ? "" : " (" + text + ")");
  }

  /**
   * Returns the failure of an answer that is none of those that were expected.
   *
   * @param text what the answer says
   */
  static RegistryException unexpected(String what, String registry, Answer answer, String text) {
    Optional<Credentials> credentials = answer.authorization().flatMap(Authorization::credentials);
    String fact = "Cannot " + what + ": [" + Locations.host(answer.uri()) + "] answers " + text;
    boolean refused = answer.status() == UNAUTHORIZED || answer.status() == FORBIDDEN;
    if (refused) {
      fact += credentials.map(it -> " to the " + it).orElse(", asked without credentials");
    }
    String advice =
        refused && !isTaken(text) ? whoAsks(registry, credentials) : advice(answer.status(), text);
    return new RegistryException(
        advice.isEmpty() ? fact : SlimImageException.advise(fact, advice), answer.status(), null);
  }

  private static String whoAsks(String registry, Optional<Credentials> credentials) {
    return credentials.isPresent()
        ? "check whether they are right, and have the right to do it"
        : "check the name, or add credentials: run [docker login "
            + registry
            + "], or add a server with the id ["
            + registry
            + "] to settings.xml";
  }

  /** Each registry has its own words for a tag that must not be given to another image. */
  private static boolean isTaken(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return TAKEN.stream().anyMatch(lower::contains);
  }

  private static String advice(int status, String text) {
    if (isTaken(text)) {
      return "push another tag";
    }
    return switch (status) {
      case NOT_FOUND -> "check its name, and whether the repository must be created first";
      case PROXY ->
          "give the proxy in settings.xml its username and password, and if it has them, start Java"
              + " with -Djdk.http.auth.tunneling.disabledSchemes=";
      case TOO_LARGE -> "raise the limit for bodies at what stands before the registry";
      default -> "";
    };
  }
}
