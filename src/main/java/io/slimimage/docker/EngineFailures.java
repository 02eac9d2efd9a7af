package io.slimimage.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.exception.DockerException;
import io.slimimage.SlimImageException;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Turns what docker-java and the engine report into sentences for the user. */
final class EngineFailures {

  /** docker-java puts the status and the whole JSON answer into its message. */
  private static final Pattern STATUS = Pattern.compile("^Status \\d+: ");

  private EngineFailures() {}

  /** Returns the innermost reason why a connection failed, in a few words. */
  static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message =
        root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    String lower = message.toLowerCase(Locale.ROOT);
    if (lower.contains("permission denied")) {
      return "permission denied (is this user a member of the socket's group?)";
    }
    return lower.contains("timed out") ? "no answer in time" : message;
  }

  /** Returns what the engine said, without the JSON around it. */
  static String engineMessage(String answer) {
    String body = STATUS.matcher(answer == null ? "" : answer.strip()).replaceFirst("");
    try {
      String message = new ObjectMapper().readTree(body).path("message").asText();
      return message.isEmpty() ? body : message.strip();
    } catch (JsonProcessingException e) {
      return body;
    }
  }

  /**
   * Returns the failure of a call.
   *
   * @param action what was tried, such as {@code tag image [x]}
   */
  static EngineException of(String action, EngineAddress address, RuntimeException failure) {
    if (failure instanceof EngineException known) {
      return known;
    }
    if (failure instanceof DockerException refused) {
      return new EngineException(
          "The engine cannot " + action + ": " + engineMessage(refused.getMessage()), failure);
    }
    return lost(action, address, failure);
  }

  /** Returns the failure of a call in whose middle the connection ended. */
  static EngineException lost(String action, EngineAddress address, Throwable cause) {
    String why = cause == null ? "" : ": " + reason(cause);
    return new EngineException(
        SlimImageException.advise(
            "The connection to the engine at " + address + " broke while it was to " + action + why,
            "see whether the engine still runs, and read its log"),
        cause);
  }

  /** Returns whether a failure comes from the connection and not from the engine. */
  static boolean isConnection(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof IOException) {
        return true;
      }
    }
    return false;
  }
}
