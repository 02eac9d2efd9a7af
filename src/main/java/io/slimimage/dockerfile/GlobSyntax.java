package io.slimimage.dockerfile;

/** The syntax of Go's {@code filepath.Match}, which Docker holds every pattern to. */
final class GlobSyntax {

  private final String pattern;
  private int next;

  private GlobSyntax(String pattern) {
    this.pattern = pattern;
  }

  /**
   * Checks a pattern.
   *
   * @throws IllegalArgumentException if it is malformed; the message says why
   */
  static void check(String pattern) {
    new GlobSyntax(pattern).check();
  }

  private void check() {
    while (next < pattern.length()) {
      char c = pattern.charAt(next++);
      if (c == '\\') {
        escaped();
      } else if (c == '[') {
        characterClass();
      }
    }
  }

  private void characterClass() {
    if (at('^')) {
      next++;
    }
    for (int ranges = 0; ranges == 0 || !at(']'); ranges++) {
      bound();
      if (at('-')) {
        next++;
        bound();
      }
    }
    next++;
  }

  private void bound() {
    if (next == pattern.length()) {
      throw new IllegalArgumentException("a [ without its ]");
    }
    char c = pattern.charAt(next);
    if (c == '-' || c == ']') {
      throw new IllegalArgumentException("a misplaced " + c + " inside [ ]");
    }
    next++;
    if (c == '\\') {
      escaped();
    }
    if (next == pattern.length()) {
      throw new IllegalArgumentException("a [ without its ]");
    }
  }

  private void escaped() {
    if (next == pattern.length()) {
      throw new IllegalArgumentException("a backslash at the end");
    }
    next++;
  }

  private boolean at(char c) {
    return next < pattern.length() && pattern.charAt(next) == c;
  }
}
