package io.slimimage.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the items of a build's answer, of all builders: BuildKit's traces, and the text of the
 * classic builder, which is also what Podman answers to a request for BuildKit.
 */
final class BuildStream {

  private static final Pattern ID = Pattern.compile("(?:sha256:)?([0-9a-f]{64})");

  private final BuildLog log;
  private final BuildKitSteps buildKit;
  private final ClassicSteps classic;
  private boolean classicBegun;
  private String imageId = "";
  private SlimImageException failure;

  BuildStream(BuildProgress progress, BuildLog log) {
    this.log = log;
    this.buildKit = new BuildKitSteps(progress);
    this.classic = new ClassicSteps(progress, System::nanoTime);
  }

  void accept(JsonNode item) {
    JsonNode aux = item.path("aux");
    if (item.has("errorDetail") || item.has("error")) {
      fail(item);
    } else if (item.path("id").asText().equals("moby.buildkit.trace")) {
      trace(aux.asText());
    } else if (aux.has("ID")) {
      imageId = normalize(aux.path("ID").asText()).orElse(imageId);
    } else if (item.has("stream")) {
      classicBegun = true;
      text(item.path("stream").asText());
    }
  }

  private void text(String stream) {
    // Podman ends with the image's id on a line.
    normalize(stream.strip()).ifPresent(id -> imageId = id);
    classic.accept(stream);
  }

  private void trace(String base64) {
    try {
      buildKit.accept(BuildKitTrace.decode(Base64.getDecoder().decode(base64)));
    } catch (IOException | IllegalArgumentException e) {
      // Without its progress a build is still a build.
      log.debug("The engine sent progress that cannot be read: " + e.getMessage());
    }
  }

  private void fail(JsonNode item) {
    JsonNode detail = item.path("errorDetail");
    String error = detail.path("message").asText(item.path("error").asText()).strip();
    int code = detail.path("code").asInt(0);
    failure = buildKit.failure(error).orElse(null);
    if (failure == null) {
      failure = classic.fail(error, code);
    }
  }

  private static Optional<String> normalize(String id) {
    Matcher matcher = ID.matcher(id);
    return matcher.matches() ? Optional.of("sha256:" + matcher.group(1)) : Optional.empty();
  }

  /** Returns the error that the engine reported. */
  Optional<SlimImageException> failure() {
    return Optional.ofNullable(failure);
  }

  /** Returns whether the engine has begun with any step. */
  boolean hasBegun() {
    return classicBegun || !buildKit.isEmpty();
  }

  /** Ends the last step and returns the image's full id, empty if the answer has none. */
  Optional<String> finish() {
    classic.finish();
    return Optional.of(imageId).filter(id -> !id.isEmpty());
  }
}
