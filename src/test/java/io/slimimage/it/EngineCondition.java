package io.slimimage.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Whether tests that need a Docker Engine run: the one place that decides it, for JUnit ({@link
 * RequiresEngine}) and for the samples under {@code src/it} ({@code selector.groovy}).
 *
 * <p>They run where an engine answers and are skipped elsewhere, unless the property {@value #MODE}
 * is {@code required}: then a missing engine is a failure, so that a pipeline cannot pass by
 * skipping.
 */
public final class EngineCondition implements ExecutionCondition {

  /**
   * The system property that says what a missing engine means: {@code auto} or {@code required}.
   */
  static final String MODE = "slimimage.it.engine";

  private static final String REPORTED = "slimimage.it.engine.reported";

  /**
   * Decides for a sample, and tells once per Maven run that samples are skipped.
   *
   * @param mode {@code auto} or {@code required}
   * @return whether the sample is to be built
   * @throws IllegalStateException if the engine is required and does not answer
   */
  public static boolean selects(String mode) {
    Optional<String> missing = missingEngine(mode);
    missing.ifPresent(reason -> Console.warnOnce(REPORTED, "Samples are skipped: " + reason));
    return missing.isEmpty();
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return missingEngine(System.getProperty(MODE, "auto"))
        .map(ConditionEvaluationResult::disabled)
        .orElseGet(() -> ConditionEvaluationResult.enabled("a Docker Engine answers"));
  }

  private static Optional<String> missingEngine(String mode) {
    if (!mode.equals("auto") && !mode.equals("required")) {
      throw new IllegalStateException(MODE + " [" + mode + "] must be auto or required");
    }
    try (Engine engine = Engine.ofEnvironment()) {
      if (engine.answers()) {
        return Optional.empty();
      }
      String reason = "no Docker Engine answers at " + engine.address();
      if (mode.equals("required")) {
        throw new IllegalStateException(reason + ", although " + MODE + " is required");
      }
      return Optional.of(reason + " (set DOCKER_HOST to one, such as the lab's)");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
