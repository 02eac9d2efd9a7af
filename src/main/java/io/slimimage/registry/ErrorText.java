package io.slimimage.registry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an answer says about its status, in one line: registries have a form for it, but what stands
 * before them does not keep to it.
 *
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes">Error
 *     codes</a>
 */
final class ErrorText {

  private static final int READ = 1 << 16;
  private static final int SHOWN = 300;
  private static final List<String> FIELDS =
      List.of("error_description", "message", "details", "detail", "error");

  private ErrorText() {}

  /**
   * Reads the body of an answer; the empty text where it says nothing.
   *
   * @param redaction takes out what is not to be shown
   */
  static String of(Answer answer, Redaction redaction) {
    try {
      byte[] bytes = answer.read(READ);
      Optional<Object> json = Json.value(bytes);
      String text =
          json.isPresent()
              ? ofJson(json.get())
              : answer.mediaType().equals("text/plain")
                  ? new String(bytes, StandardCharsets.UTF_8)
                  : "";
      return oneLine(redaction.apply(text));
    } catch (IOException e) {
      return "";
    }
  }

  private static String ofJson(Object value) {
    if (value instanceof List<?> list) {
      return list.stream()
          .map(ErrorText::ofJson)
          .filter(it -> !it.isEmpty())
          .collect(Collectors.joining("; "));
    }
    if (!(value instanceof Map<?, ?> object)) {
      return value instanceof String text ? text : "";
    }
    if (object.get("errors") != null) {
      return ofJson(object.get("errors"));
    }
    String message =
        FIELDS.stream()
            .map(field -> Json.text(object, field))
            .filter(text -> !text.isBlank())
            .findFirst()
            .orElse("");
    String code = Json.text(object, "code");
    return code.isEmpty() || message.isEmpty() ? code + message : code + ": " + message;
  }

  private static String oneLine(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...";
  }
}
