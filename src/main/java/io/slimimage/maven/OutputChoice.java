package io.slimimage.maven;

import io.slimimage.blob.Compression;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the embedded engine puts an image.
 *
 * @param tar whether an archive is written; empty leaves it to whether anything else has the image
 * @param load whether a Docker Engine gets it
 * @param push whether a registry gets it
 * @param compression of the layers
 * @param cacheSize how many bytes the kept layers may take
 */
record OutputChoice(
    Optional<Boolean> tar, Load load, boolean push, Compression compression, long cacheSize) {

  private static final Pattern SIZE = Pattern.compile("([0-9]{1,6})([KMGT]?)");
  private static final Map<String, Long> UNITS =
      Map.of("", 1L, "K", 1_000L, "M", 1_000_000L, "G", 1_000_000_000L, "T", 1_000_000_000_000L);
  private static final String DEFAULT_SIZE = "5G";

  /** Whether a Docker Engine gets the image. */
  enum Load {
    /** None does. */
    NEVER,
    /** The one that answers; it is a mistake if none does. */
    ALWAYS,
    /** The one that answers, if there is one. */
    WHERE_POSSIBLE
  }

  static OutputChoice of(OutputParameters given, Problems problems) {
    ParameterValues values = new ParameterValues(problems);
    return new OutputChoice(
        given.tar() == null
            ? Optional.empty()
            : Optional.of(values.flag("tar", given.tar(), false)),
        load(given.load(), problems),
        given.push(),
        compression(given.compression()),
        size(given.cacheSize() == null ? DEFAULT_SIZE : given.cacheSize(), problems));
  }

  /**
   * Returns whether an archive is written.
   *
   * @param loaded whether a Docker Engine has got the image
   */
  boolean archived(boolean loaded) {
    return tar.orElse(!loaded && !push);
  }

  /** Returns whether a registry alone gets the image, so that nothing here needs all of it. */
  boolean onlyPushed() {
    return push && load == Load.NEVER && !archived(false);
  }

  private static Load load(String value, Problems problems) {
    String text = value == null ? "false" : value.strip().toLowerCase(Locale.ROOT);
    switch (text) {
      case "auto":
        return Load.WHERE_POSSIBLE;
      case "", "true":
        return Load.ALWAYS;
      case "false":
        return Load.NEVER;
      default:
        problems.add("load", value, "one of true, false, auto", "choose one of them");
        return Load.NEVER;
    }
  }

  /** What is no word that we know was refused with the other choices. */
  private static Compression compression(String value) {
    return switch (value == null ? "gzip" : value) {
      case "zstd" -> Compression.ZSTD;
      case "none" -> Compression.NONE;
      default -> Compression.GZIP;
    };
  }

  private static long size(String value, Problems problems) {
    Matcher matcher = SIZE.matcher(value.strip().toUpperCase(Locale.ROOT));
    if (!matcher.matches()) {
      problems.add(
          "cacheSize", value, "a number of bytes with K, M, G or T", "write " + DEFAULT_SIZE);
      return 0;
    }
    return Long.parseLong(matcher.group(1)) * UNITS.get(matcher.group(2));
  }
}
