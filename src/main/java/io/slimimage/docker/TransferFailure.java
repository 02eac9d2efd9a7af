package io.slimimage.docker;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import io.slimimage.SlimImageException;
import io.slimimage.credentials.Credentials;
import io.slimimage.image.ImageReference;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Says why an engine could not pull or push an image.
 *
 * @param action {@code pull} or {@code push}
 * @param missing what is to be done where the registry lacks the image, or its repository
 */
record TransferFailure(
    String action,
    String missing,
    ImageReference reference,
    Optional<Credentials> credentials,
    EngineAddress engine) {

  private static final Pattern REFUSED =
      Pattern.compile(
          "unauthorized|no basic auth|authentication required|access denied|denied:|forbidden"
              + "|may require 'docker login'|incorrect username");
  private static final Pattern MISSING =
      Pattern.compile("manifest unknown|not found|name unknown|repository does not exist");
  private static final Pattern UNREACHABLE =
      Pattern.compile(
          "no such host|connection refused|timeout|timed out|network is unreachable"
              + "|no route to host|server misbehaving|name resolution|connection reset");
  private static final Pattern UNTRUSTED =
      Pattern.compile("x509|server gave http response to https client|tls:|certificate");

  /** Returns the failure of the request. */
  EngineException of(Throwable failure) {
    if (failure instanceof DockerException refused) {
      String message = EngineFailures.engineMessage(refused.getMessage());
      return of(failure instanceof NotFoundException ? message + " (not found)" : message, failure);
    }
    return EngineFailures.lost(action + " image [" + reference + "]", engine, failure);
  }

  /**
   * Returns the failure that the engine tells of.
   *
   * @param error in the engine's words
   */
  EngineException of(String error, Throwable cause) {
    String lower = error.toLowerCase(Locale.ROOT);
    String used = credentials.map(Credentials::toString).orElse("no credentials");
    String image = "Image [" + reference + "] cannot be " + action + "ed with " + used + ": ";
    String message;
    if (REFUSED.matcher(lower).find()) {
      message =
          SlimImageException.advise(
              image + "the registry refuses it (" + error + ")",
              credentials.isPresent()
                  ? "check these credentials and the image's name"
                  : "add credentials for ["
                      + reference.registry()
                      + "], or check the image's name");
    } else if (UNTRUSTED.matcher(lower).find()) {
      message =
          SlimImageException.advise(
              image + "the engine does not trust the registry (" + error + ")",
              "add its certificate, or the registry as an insecure one, to the engine's settings");
    } else if (UNREACHABLE.matcher(lower).find()) {
      message =
          SlimImageException.advise(
              image + "the engine cannot reach the registry (" + error + ")",
              "check the engine's network and proxy settings" + unreachable());
    } else if (MISSING.matcher(lower).find()) {
      message =
          SlimImageException.advise(
              image + "the registry does not have it (" + error + ")", missing);
    } else {
      message = image + error;
    }
    return new EngineException(message, cause);
  }

  private String unreachable() {
    return action.equals("pull") ? ", or load the image into the engine" : "";
  }
}
