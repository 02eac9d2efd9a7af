package io.slimimage.dockerfile;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * One pattern of a {@code .dockerignore}, compiled once.
 *
 * <p>Docker checks a pattern by Go's {@code filepath.Match} and then builds a regular expression
 * from it, character by character; what the pattern means is what that expression matches,
 * character classes that reach over a slash included. See <a
 * href="https://github.com/moby/patternmatcher">moby/patternmatcher</a>.
 */
final class Glob {

  private static final String ESCAPED_BY_DOCKER = ".+()|{}$";
  private static final String SPECIAL = "*?[]\\^";

  private enum Kind {
    EXACT,
    PREFIX,
    SUFFIX,
    EXPRESSION
  }

  private final String pattern;
  private final List<Segment> segments;
  private final Predicate<String> matcher;

  private Glob(String pattern, Predicate<String> matcher) {
    this.pattern = pattern;
    this.segments = Arrays.stream(pattern.split("/", -1)).map(Segment::of).toList();
    this.matcher = matcher;
  }

  /**
   * Compiles a pattern that has been cleaned already.
   *
   * @throws IllegalArgumentException if Docker would refuse it; the message says why
   */
  static Glob compile(String pattern) {
    GlobSyntax.check(pattern);
    return new Glob(pattern, new Compiler(pattern).compile());
  }

  /** Returns whether the pattern matches this path itself; its directories are not looked at. */
  boolean matches(String path) {
    return matcher.test(path);
  }

  /**
   * Returns whether the pattern may match a path below a directory.
   *
   * <p>Exact for names, {@code *} and {@code ?}, which cannot match a slash; from the first {@code
   * **}, class or escape on the answer is yes, as only the literal text before it is compared.
   */
  boolean mayMatchBelow(String directory) {
    String[] names = directory.split("/");
    for (int i = 0; i < names.length; i++) {
      if (i == segments.size() || !segments.get(i).mayMatch().test(names[i])) {
        return false;
      }
      if (segments.get(i).open()) {
        return true;
      }
    }
    return segments.size() > names.length;
  }

  @Override
  public String toString() {
    return pattern;
  }

  /**
   * What stands between two slashes of a pattern.
   *
   * @param open whether it may match a slash too, so that it is the last one that can be compared
   * @param mayMatch whether a name of a directory fits
   */
  private record Segment(boolean open, Predicate<String> mayMatch) {

    static Segment of(String text) {
      if (text.contains("**") || text.chars().anyMatch(c -> "[]\\^".indexOf(c) >= 0)) {
        int end = 0;
        while (end < text.length() && SPECIAL.indexOf(text.charAt(end)) < 0) {
          end++;
        }
        String start = text.substring(0, end);
        return new Segment(true, name -> name.startsWith(start));
      }
      return new Segment(false, new Compiler(text).compile());
    }
  }

  /** Docker's own way through a pattern, which knows nothing of character classes. */
  private static final class Compiler {

    private final String pattern;
    private final int[] chars;
    private final StringBuilder expression = new StringBuilder();
    private Kind kind = Kind.EXACT;
    private int next;

    Compiler(String pattern) {
      this.pattern = pattern;
      this.chars = pattern.codePoints().toArray();
    }

    Predicate<String> compile() {
      while (next < chars.length) {
        int c = chars[next++];
        if (c == '*') {
          star();
        } else if (c == '?') {
          expression("[^/]");
        } else if (c == '\\') {
          // never the last one: the syntax check has seen to that
          expression("\\" + Character.toString(chars[next++]));
        } else if (c == '[' || c == ']') {
          expression(Character.toString(c));
        } else {
          expression.append(ESCAPED_BY_DOCKER.indexOf(c) >= 0 ? "\\" : "").appendCodePoint(c);
        }
      }
      return predicate();
    }

    private void star() {
      boolean first = next == 1;
      if (!peek('*')) {
        expression("[^/]*");
        return;
      }
      next++;
      if (peek('/')) {
        next++;
      }
      if (next < chars.length) {
        expression("(.*/)?");
      } else if (kind == Kind.EXACT) {
        kind = Kind.PREFIX;
      } else {
        expression(".*");
      }
      if (first) {
        kind = Kind.SUFFIX;
      }
    }

    private boolean peek(char c) {
      return next < chars.length && chars[next] == c;
    }

    private void expression(String part) {
      expression.append(part);
      kind = Kind.EXPRESSION;
    }

    private Predicate<String> predicate() {
      return switch (kind) {
        case EXACT -> pattern::equals;
        case PREFIX -> {
          String prefix = pattern.substring(0, pattern.length() - 2);
          yield path -> path.startsWith(prefix);
        }
        case SUFFIX -> {
          String suffix = pattern.substring(2);
          yield path ->
              path.endsWith(suffix) || suffix.startsWith("/") && path.equals(suffix.substring(1));
        }
        case EXPRESSION -> {
          Pattern compiled = GoExpression.compile(expression.toString());
          yield path -> compiled.matcher(path).matches();
        }
      };
    }
  }
}
