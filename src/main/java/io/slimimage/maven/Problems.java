package io.slimimage.maven;

import io.slimimage.ConfigurationException;
import io.slimimage.SlimImageException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Collects the mistakes of a configuration, so that one run shows them all. */
final class Problems {

  private final List<String> found = new ArrayList<>();

  /** Adds a mistake, a whole sentence. */
  void add(String problem) {
    found.add(problem);
  }

  /** Adds a mistake in the form that all messages have. */
  void add(String parameter, String value, String mustBe, String advice) {
    add(
        SlimImageException.advise(
            "'" + ParameterReader.PREFIX + parameter + "' [" + value + "] must be " + mustBe,
            advice));
  }

  /** Returns the value that is supplied, or the fallback where supplying it finds a mistake. */
  <T> T check(Supplier<T> value, T fallback) {
    try {
      return value.get();
    } catch (SlimImageException e) {
      add(e.getMessage());
      return fallback;
    }
  }

  /** Ends the build when there was any mistake. */
  void throwIfAny() {
    if (!found.isEmpty()) {
      throw new ConfigurationException(found);
    }
  }
}
