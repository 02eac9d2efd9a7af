package io.slimimage.maven;

import java.util.Locale;

/** Writes sizes for people; a megabyte is a million bytes. */
final class Sizes {

  private Sizes() {}

  static String megabytes(long bytes) {
    if (bytes < 10_000) {
      return bytes + " B";
    }
    if (bytes < 1_000_000) {
      return String.format(Locale.ROOT, "%.1f kB", bytes / 1e3);
    }
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
