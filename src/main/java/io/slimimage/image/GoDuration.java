package io.slimimage.image;

import io.slimimage.ConfigurationException;
import io.slimimage.SlimImageException;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A span of time as Go writes it, such as {@code 1m30s}.
 *
 * @see <a href="https://pkg.go.dev/time#ParseDuration">time.ParseDuration</a>
 */
final class GoDuration {

  private static final Pattern PART =
      Pattern.compile("\\G([0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)");
  private static final BigDecimal MAX = BigDecimal.valueOf(Long.MAX_VALUE);

  /** The shortest time that an engine takes, in nanoseconds. */
  private static final long SHORTEST = 1_000_000;

  private GoDuration() {}

  /**
   * Returns the nanoseconds, of which fractions are cut off.
   *
   * @param parameter where the text is from
   * @throws ConfigurationException if the text is no duration, or one that engines refuse
   */
  static long nanos(String parameter, String text) {
    BigDecimal sum = BigDecimal.ZERO;
    Matcher part = PART.matcher(text);
    int end = 0;
    while (part.find()) {
      BigDecimal nanos = new BigDecimal("0" + part.group(1)).multiply(unit(part.group(2)));
      sum = sum.add(new BigDecimal(nanos.toBigInteger()));
      end = part.end();
    }
    if (end < text.length() || sum.compareTo(MAX) > 0 || sum.longValue() < SHORTEST) {
      throw new ConfigurationException(
          SlimImageException.advise(
              "'" + parameter + "' [" + text + "] must be a duration of 1ms or more",
              "write 30s or 1m30s"));
    }
    return sum.longValue();
  }

  private static BigDecimal unit(String unit) {
    return BigDecimal.valueOf(
        switch (unit) {
          case "ns" -> 1;
          case "ms" -> 1_000_000;
          case "s" -> 1_000_000_000;
          case "m" -> 60_000_000_000L;
          case "h" -> 3_600_000_000_000L;
          default -> 1_000;
        });
  }
}
