package io.slimimage.it;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

/** What a laboratory tells by variables, see {@code .ci/lab env}. */
public final class Laboratory {

  private Laboratory() {}

  /** Returns a variable; without it the test is skipped, or fails where an engine is required. */
  public static String variable(String name) {
    String value = System.getenv(name);
    String mode = System.getProperty(EngineCondition.MODE, System.getenv("SLIMIMAGE_IT_ENGINE"));
    if (value == null && "required".equals(mode)) {
      return fail(EngineCondition.MODE + "=required, but " + name + " is not set");
    }
    return value == null ? abort("Skipped, since " + name + " is not set") : value;
  }
}
