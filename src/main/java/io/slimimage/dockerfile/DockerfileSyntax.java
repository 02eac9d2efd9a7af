package io.slimimage.dockerfile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Quoting for Dockerfiles and for the shell of their {@code RUN} lines.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/">Dockerfile reference</a>
 */
final class DockerfileSyntax {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern SHELL_SAFE = Pattern.compile("[A-Za-z0-9_./:=,@%+-]+");

  private static final Pattern SPECIAL = Pattern.compile("[\\\\$\"']");
  private static final Pattern WILDCARD = Pattern.compile("[*?\\[]");

  private DockerfileSyntax() {}

  /** Returns the JSON array that exec form and paths with blanks need. */
  static String array(List<String> items) {
    try {
      return JSON.writeValueAsString(items);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns a value for {@code ENV} and {@code LABEL}, in which the engine expands nothing. */
  static String quoted(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("$", "\\$") + '"';
  }

  /**
   * Returns a value of {@code WORKDIR}, {@code USER}, {@code VOLUME} or {@code COPY}, in which the
   * engine expands nothing. It takes quotes for its own in there, even inside a JSON array.
   */
  static String literal(String value) {
    return SPECIAL.matcher(value).replaceAll("\\\\$0");
  }

  /** Returns one word for a POSIX shell. */
  static String shell(String word) {
    return SHELL_SAFE.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /** Returns words for a POSIX shell. */
  static String shell(List<String> words) {
    return String.join(" ", words.stream().map(DockerfileSyntax::shell).toList());
  }

  /** Returns one {@code COPY}, in the form that survives blanks in a path. */
  static String copy(List<String> sources, String target) {
    List<String> words = new ArrayList<>(sources);
    words.add(target);
    if (words.stream().allMatch(word -> SHELL_SAFE.matcher(word).matches())) {
      return "COPY " + String.join(" ", words);
    }
    List<String> escaped = new ArrayList<>(sources.stream().map(DockerfileSyntax::source).toList());
    escaped.add(literal(target));
    return "COPY " + array(escaped);
  }

  /** A source is a pattern of Go's {@code filepath.Match}. */
  private static String source(String path) {
    return literal(WILDCARD.matcher(path.replace("\\", "\\\\")).replaceAll("[$0]"));
  }
}
