package io.slimimage.blob;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines of fields, as {@link Records} keep them: a tab between two fields, a line feed after each
 * line. Inside a field, tabs, line ends and backslashes are written with a backslash, so that a
 * field can be any text.
 */
public final class FieldLines {

  private final StringBuilder text = new StringBuilder();

  /** Adds a line. */
  public FieldLines add(String first, String... more) {
    escape(first);
    for (String field : more) {
      text.append('\t');
      escape(field);
    }
    text.append('\n');
    return this;
  }

  private void escape(String field) {
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      switch (c) {
        case '\\' -> text.append("\\\\");
        case '\t' -> text.append("\\t");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        default -> text.append(c);
      }
    }
  }

  /** Returns all lines. */
  @Override
  public String toString() {
    return text.toString();
  }

  /**
   * Returns the fields of each line, at least one.
   *
   * @param text what {@link #toString} has returned
   */
  public static List<List<String>> parse(String text) {
    List<List<String>> lines = new ArrayList<>();
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\t' || c == '\n') {
        fields.add(field.toString());
        field.setLength(0);
        if (c == '\n') {
          lines.add(fields);
          fields = new ArrayList<>();
        }
      } else if (c == '\\' && i + 1 < text.length()) {
        i++;
        field.append(unescape(text.charAt(i)));
      } else {
        field.append(c);
      }
    }
    return lines;
  }

  private static char unescape(char c) {
    return switch (c) {
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'r' -> '\r';
      default -> c;
    };
  }
}
