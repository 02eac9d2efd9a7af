package io.slimimage.maven;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Properties;

/** Translates texts to flags and times, collecting what cannot be translated. */
final class ParameterValues {

  private static final String TIMESTAMP = "project.build.outputTimestamp";

  /** Where no time is given as a date, nothing of these is loaded. */
  private static final class Iso8601 {

    /** With a zone in any of its spellings: {@code Z}, {@code +01:00}, {@code +0100}. */
    static final DateTimeFormatter WITH_ZONE =
        new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter(Locale.ROOT);

    private Iso8601() {}
  }

  private final Problems problems;

  ParameterValues(Problems problems) {
    this.problems = problems;
  }

  boolean flag(String parameter, String value, boolean fallback) {
    if (value == null) {
      return fallback;
    }
    String text = value.strip();
    if (text.isEmpty() || text.equalsIgnoreCase("true")) {
      return true;
    }
    if (!text.equalsIgnoreCase("false")) {
      problems.add(parameter, value, "'true' or 'false'", "write one of them");
    }
    return false;
  }

  /** Returns the time of the entries in jars in seconds since the epoch. */
  long created(String configured, Properties project) {
    if (configured != null && !configured.isBlank()) {
      Long seconds = seconds(configured.strip());
      if (seconds == null) {
        problems.add(
            "created",
            configured,
            "a time with its zone, or seconds since the epoch",
            "write 2026-01-31T12:00:00Z");
        return 0;
      }
      return seconds;
    }
    Long seconds = seconds(project.getProperty(TIMESTAMP, "0").strip());
    // Maven's own plugins take a single letter there for "not reproducible".
    return seconds == null ? 0 : seconds;
  }

  private static Long seconds(String text) {
    if (text.matches("[0-9]{1,12}")) {
      return Long.valueOf(text);
    }
    try {
      return OffsetDateTime.parse(text, Iso8601.WITH_ZONE).toEpochSecond();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
