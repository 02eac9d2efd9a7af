package io.slimimage.dockerfile;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * Translates the regular expressions that Docker makes from patterns, which are Go's, to Java's.
 *
 * <p>The two differ in character classes (Java nests and intersects them), in {@code \s} and in
 * what may be escaped. Go's escapes {@code \Q}, {@code \p} and the octal ones are refused rather
 * than translated: nobody means them in a {@code .dockerignore}.
 */
final class GoExpression {

  private static final Map<Integer, Integer> CONTROL =
      Map.of(
          (int) 'a', 7, (int) 'f', 12, (int) 't', 9, (int) 'n', 10, (int) 'r', 13, (int) 'v', 11);
  private static final Map<String, String> NAMED =
      Map.ofEntries(
          Map.entry("alnum", "\\p{Alnum}"),
          Map.entry("alpha", "\\p{Alpha}"),
          Map.entry("ascii", "\\p{ASCII}"),
          Map.entry("blank", "\\p{Blank}"),
          Map.entry("cntrl", "\\p{Cntrl}"),
          Map.entry("digit", "\\p{Digit}"),
          Map.entry("graph", "\\p{Graph}"),
          Map.entry("lower", "\\p{Lower}"),
          Map.entry("print", "\\p{Print}"),
          Map.entry("punct", "\\p{Punct}"),
          Map.entry("space", "\\p{Space}"),
          Map.entry("upper", "\\p{Upper}"),
          Map.entry("word", "\\w"),
          Map.entry("xdigit", "\\p{XDigit}"));

  private final int[] chars;
  private final StringBuilder java = new StringBuilder();
  private int next;

  private GoExpression(String expression) {
    this.chars = expression.codePoints().toArray();
  }

  /**
   * Compiles an expression; to be matched against a whole path.
   *
   * @throws IllegalArgumentException if Go would refuse it; the message says why
   */
  static Pattern compile(String expression) {
    // In Go a dot matches all but a line feed.
    return Pattern.compile(new GoExpression(expression).translate(), Pattern.UNIX_LINES);
  }

  private String translate() {
    while (next < chars.length) {
      int c = chars[next++];
      if (c == '\\') {
        escape();
      } else if (c == '[') {
        characterClass();
      } else if (c == ']') {
        literal(c);
      } else {
        java.appendCodePoint(c);
      }
    }
    return java.toString();
  }

  private void escape() {
    int c = chars[next];
    if ("AzbB".indexOf(c) >= 0) {
      next++;
      java.append('\\').appendCodePoint(c);
    } else if (!shorthand()) {
      literal(escapedCharacter());
    }
  }

  /** Reads {@code \d} and its like, which may stand inside and outside of a class. */
  private boolean shorthand() {
    int c = chars[next];
    if ("dDwWsS".indexOf(c) < 0) {
      return false;
    }
    next++;
    java.append(
        switch (c) {
          case 's' -> "[\\t\\n\\f\\r ]";
          case 'S' -> "[^\\t\\n\\f\\r ]";
          default -> "\\" + (char) c;
        });
    return true;
  }

  private int escapedCharacter() {
    int c = chars[next++];
    Integer control = CONTROL.get(c);
    if (control != null) {
      return control;
    }
    boolean punctuation = c < 0x80 && !Character.isLetterOrDigit(c);
    if (!punctuation) {
      throw new IllegalArgumentException("a backslash before " + Character.toString(c));
    }
    return c;
  }

  private void characterClass() {
    java.append('[');
    if (at('^')) {
      next++;
      java.append('^');
    }
    for (boolean first = true; first || !at(']'); first = false) {
      if (next >= chars.length) {
        throw new IllegalArgumentException("a [ without its ]");
      }
      if (!named()) {
        member();
      }
    }
    next++;
    java.append(']');
  }

  /** Reads {@code [:alpha:]} and its like. */
  private boolean named() {
    if (!at('[') || next + 1 >= chars.length || chars[next + 1] != ':') {
      return false;
    }
    String rest = new String(chars, next + 2, chars.length - next - 2);
    int end = rest.indexOf(":]");
    if (end < 0) {
      return false;
    }
    boolean negated = rest.startsWith("^");
    String name = rest.substring(negated ? 1 : 0, end);
    String set = NAMED.get(name);
    if (set == null) {
      throw new IllegalArgumentException("the unknown class [:" + name + ":]");
    }
    next += 2 + rest.substring(0, end).codePointCount(0, end) + 2;
    java.append(negated ? "[^" + set + "]" : set);
    return true;
  }

  private void member() {
    if (at('\\')) {
      next++;
      if (shorthand()) {
        return;
      }
      next--;
    }
    int low = bound();
    literal(low);
    if (at('-') && next + 1 < chars.length && chars[next + 1] != ']') {
      next++;
      int high = bound();
      if (high < low) {
        throw new IllegalArgumentException(
            "the range " + Character.toString(low) + "-" + Character.toString(high));
      }
      java.append('-');
      literal(high);
    }
  }

  private int bound() {
    int c = chars[next++];
    return c == '\\' ? escapedCharacter() : c;
  }

  private void literal(int c) {
    java.append("\\x{").append(Integer.toHexString(c)).append('}');
  }

  private boolean at(int c) {
    return next < chars.length && chars[next] == c;
  }
}
