package io.slimimage.registry;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * How long a registry wants to be left alone.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3">RFC 9110, Retry-After</a>
 */
final class RetryAfter {

  private static final int MOST_DIGITS = 9;

  private RetryAfter() {}

  /**
   * Returns the time to wait, none where the answer names none.
   *
   * @param now the time of day, for an answer that does not say what its own is
   */
  static Duration of(Answer answer, Instant now) {
    Optional<String> header = answer.header("Retry-After");
    if (header.isEmpty()) {
      return Duration.ZERO;
    }
    String value = header.get();
    if (value.chars().allMatch(it -> it >= '0' && it <= '9')) {
      // Too long a number is a long time too.
      String digits = value.length() > MOST_DIGITS ? "9".repeat(MOST_DIGITS) : value;
      return Duration.ofSeconds(Long.parseLong(digits));
    }
    Optional<Instant> until = date(value);
    Instant since = answer.header("Date").flatMap(RetryAfter::date).orElse(now);
    return until
        .map(it -> Duration.between(since, it))
        .filter(it -> !it.isNegative())
        .orElse(Duration.ZERO);
  }

  private static Optional<Instant> date(String value) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
