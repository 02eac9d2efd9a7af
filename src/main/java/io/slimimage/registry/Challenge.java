package io.slimimage.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a registry wants to know who asks.
 *
 * @param scheme in lower case, such as {@code bearer}
 * @param parameters by their names in lower case
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1">RFC 9110,
 *     WWW-Authenticate</a>
 */
record Challenge(String scheme, Map<String, String> parameters) {

  private static final String SEPARATORS = " \t,=\"";

  /** Returns the value of a parameter, the empty text where there is none. */
  String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }

  /** Reads headers, each of which may hold several challenges; what is no challenge is left out. */
  static List<Challenge> parse(List<String> headers) {
    List<Challenge> challenges = new ArrayList<>();
    for (String header : headers) {
      new Parser(header).parse(challenges);
    }
    return challenges;
  }

  /** Commas separate both challenges and their parameters: an equals sign tells which it is. */
  private static final class Parser {

    private final String text;
    private int position;

    Parser(String text) {
      this.text = text;
    }

    void parse(List<Challenge> challenges) {
      Map<String, String> parameters = null;
      while (skip(" \t,=\"")) {
        String word = word(SEPARATORS);
        skip(" \t");
        if (parameters != null && at('=')) {
          position++;
          skip(" \t");
          parameters.putIfAbsent(word.toLowerCase(Locale.ROOT), at('"') ? quoted() : word(" \t,"));
        } else {
          parameters = new HashMap<>();
          challenges.add(new Challenge(word.toLowerCase(Locale.ROOT), parameters));
          skipToken();
        }
      }
    }

    /** Some schemes have one long token instead of parameters, with equals signs at its end. */
    private void skipToken() {
      int start = position;
      word(SEPARATORS);
      while (at('=')) {
        position++;
      }
      skip(" \t");
      if (position < text.length() && !at(',')) {
        position = start;
      }
    }

    private String word(String ends) {
      int start = position;
      while (position < text.length() && ends.indexOf(text.charAt(position)) < 0) {
        position++;
      }
      return text.substring(start, position);
    }

    private String quoted() {
      StringBuilder value = new StringBuilder();
      position++;
      while (position < text.length() && !at('"')) {
        if (at('\\') && position + 1 < text.length()) {
          position++;
        }
        value.append(text.charAt(position++));
      }
      position++;
      return value.toString();
    }

    /** Returns whether anything is left. */
    private boolean skip(String characters) {
      while (position < text.length() && characters.indexOf(text.charAt(position)) >= 0) {
        position++;
      }
      return position < text.length();
    }

    private boolean at(char c) {
      return position < text.length() && text.charAt(position) == c;
    }
  }
}
