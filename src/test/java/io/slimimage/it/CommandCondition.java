package io.slimimage.it;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Whether tests run that need other readers of images, such as skopeo: they are skipped where a
 * command is missing, but fail where the laboratory, which has all of them, is required.
 */
final class CommandCondition implements ExecutionCondition {

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    List<String> missing =
        AnnotationSupport.findAnnotation(context.getElement(), RequiresCommands.class)
            .map(it -> Arrays.stream(it.value()).filter(name -> !Command.exists(name)).toList())
            .orElse(List.of());
    if (missing.isEmpty()) {
      return ConditionEvaluationResult.enabled("all commands are there");
    }
    String reason = "not on the path: " + String.join(", ", missing);
    if (System.getProperty(EngineCondition.MODE, "auto").equals("required")) {
      throw new IllegalStateException(
          reason + ", although " + EngineCondition.MODE + " is required");
    }
    return ConditionEvaluationResult.disabled(reason);
  }
}
