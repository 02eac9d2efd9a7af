package io.slimimage;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

/**
 * The engine, the registries and the images that {@code .ci/lab} runs and tells of by variables.
 */
public final class Laboratory {

  private Laboratory() {}

  /**
   * Returns whether a test that needs it fails, rather than being skipped, where it is not there.
   */
  public static boolean isRequired() {
    String variable = System.getenv("SLIMIMAGE_IT_ENGINE");
    return "required".equals(System.getProperty("slimimage.it.engine", variable));
  }

  /** Returns a variable of it; without one the test is skipped, or fails if asked to. */
  public static String variable(String name) {
    String value = System.getenv(name);
    if (value != null && !value.isBlank()) {
      return value;
    }
    return isRequired()
        ? fail("slimimage.it.engine=required, but " + name + " is not set")
        : abort("Skipped, since " + name + " is not set");
  }
}
