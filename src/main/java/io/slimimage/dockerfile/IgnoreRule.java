package io.slimimage.dockerfile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * One effective line of a {@code .dockerignore}.
 *
 * @param line the number of the line, from 1
 * @param text the line as it was written
 * @param reincludes whether the line starts with {@code !}
 * @param glob what it matches
 */
record IgnoreRule(int line, String text, boolean reincludes, Glob glob) {

  /**
   * Reads the lines of a file, as Docker does: comments only where the hash is the first character,
   * white space trimmed, paths cleaned and made relative.
   *
   * @throws InvalidLine if a pattern is malformed
   */
  static List<IgnoreRule> parse(List<String> lines) throws InvalidLine {
    List<IgnoreRule> rules = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String text = lines.get(i);
      if (i == 0 && text.startsWith("\uFEFF")) {
        text = text.substring(1);
      }
      if (!text.startsWith("#")) {
        parse(i + 1, text).ifPresent(rules::add);
      }
    }
    return List.copyOf(rules);
  }

  private static Optional<IgnoreRule> parse(int line, String text) throws InvalidLine {
    String pattern = trim(text);
    if (pattern.isEmpty()) {
      return Optional.empty();
    }
    boolean negated = pattern.startsWith("!");
    if (negated) {
      pattern = trim(pattern.substring(1));
    }
    if (!pattern.isEmpty()) {
      pattern = clean(pattern);
      pattern = pattern.length() > 1 && pattern.startsWith("/") ? pattern.substring(1) : pattern;
    }
    // Docker cleans a second time, the mark included, and only then looks for the mark: a line
    // "/!x" re-includes x.
    pattern = trim(negated ? "!" + pattern : pattern);
    if (pattern.isEmpty()) {
      return Optional.empty();
    }
    pattern = clean(pattern);
    boolean reincludes = pattern.startsWith("!");
    if (pattern.equals("!")) {
      throw new InvalidLine(line, trim(text), "nothing after the !");
    }
    try {
      Glob glob = Glob.compile(reincludes ? pattern.substring(1) : pattern);
      return Optional.of(new IgnoreRule(line, trim(text), reincludes, glob));
    } catch (IllegalArgumentException e) {
      throw new InvalidLine(line, trim(text), e.getMessage());
    }
  }

  /** Trims what Go takes for white space, which is more than Java's {@code strip}. */
  private static String trim(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isSpace(char c) {
    return c >= '\t' && c <= '\r' || c == '\u0085' || Character.isSpaceChar(c);
  }

  /** Does what Go's {@code filepath.Clean} does on Linux. */
  static String clean(String path) {
    boolean rooted = path.startsWith("/");
    Deque<String> names = new ArrayDeque<>();
    for (String name : path.split("/")) {
      if (name.equals("..")) {
        if (!names.isEmpty() && !names.getLast().equals("..")) {
          names.removeLast();
        } else if (!rooted) {
          names.add(name);
        }
      } else if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    String cleaned = (rooted ? "/" : "") + String.join("/", names);
    return cleaned.isEmpty() ? "." : cleaned;
  }

  /** Says which line is malformed, and how. */
  static final class InvalidLine extends Exception {

    private final int line;
    private final String text;

    InvalidLine(int line, String text, String reason) {
      super(reason);
      this.line = line;
      this.text = text;
    }

    int line() {
      return line;
    }

    String text() {
      return text;
    }
  }
}
