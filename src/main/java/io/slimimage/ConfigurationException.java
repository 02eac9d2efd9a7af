package io.slimimage;

import java.util.List;

/** One or more mistakes in the configuration, reported together so that one run shows them all. */
public final class ConfigurationException extends SlimImageException {

  private final transient List<String> problems;

  /** Creates a failure with one problem. */
  public ConfigurationException(String problem) {
    this(List.of(problem));
  }

  /** Creates a failure with all problems that were found, at least one. */
  public ConfigurationException(List<String> problems) {
    super(message(problems));
    this.problems = List.copyOf(problems);
  }

  /** Returns the problems, each a whole sentence. */
  public List<String> problems() {
    return problems;
  }

  private static String message(List<String> problems) {
    return problems.size() == 1
        ? problems.get(0)
        : problems.size() + " configuration errors:\n  - " + String.join("\n  - ", problems);
  }
}
