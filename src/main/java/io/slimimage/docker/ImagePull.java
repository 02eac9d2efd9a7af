package io.slimimage.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.PullImageCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.api.model.ResponseItem.ProgressDetail;
import io.slimimage.SlimImageException;
import io.slimimage.credentials.Credentials;
import io.slimimage.image.ImageReference;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** Lets an engine pull one image. */
final class ImagePull {

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

  private final EngineClient client;
  private final ImageReference reference;
  private final Optional<Credentials> credentials;

  ImagePull(EngineClient client, ImageReference reference, Optional<Credentials> credentials) {
    this.client = client;
    this.reference = reference;
    this.credentials = credentials;
  }

  /** Keeps the error that docker-java's own callbacks drop or hide. */
  private static final class Callback extends ResultCallback.Adapter<PullResponseItem> {
    private final PullProgress progress;
    private volatile String error;
    private volatile Throwable failure;

    Callback(PullProgress progress) {
      this.progress = progress;
    }

    @Override
    public void onNext(PullResponseItem item) {
      if (item.getErrorDetail() != null || item.getError() != null) {
        error =
            item.getErrorDetail() == null ? item.getError() : item.getErrorDetail().getMessage();
        return;
      }
      ProgressDetail detail = item.getProgressDetail();
      boolean known = detail != null && detail.getCurrent() != null && detail.getTotal() != null;
      progress.update(
          Objects.toString(item.getId(), ""),
          Objects.toString(item.getStatus(), ""),
          known ? detail.getCurrent() : 0,
          known ? detail.getTotal() : 0);
    }

    @Override
    public void onError(Throwable throwable) {
      failure = throwable;
      super.onError(throwable);
    }
  }

  void run(PullProgress progress) {
    try (Callback callback = command().exec(new Callback(progress))) {
      await(callback);
      if (callback.failure != null) {
        throw failure(callback.failure);
      }
      if (callback.error != null) {
        throw failure(callback.error, null);
      }
    } catch (IOException e) {
      throw EngineFailures.lost("pull image [" + reference + "]", client.address(), e);
    }
  }

  private static void await(Callback callback) {
    try {
      callback.awaitCompletion();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BuildCancelledException();
    } catch (RuntimeException e) {
      // It is what onError got, which has kept it.
      callback.onError(e);
    }
  }

  private PullImageCmd command() {
    // Without a version the engine would pull all tags of the repository.
    String version = reference.digest().isEmpty() ? reference.tag() : reference.digest();
    PullImageCmd command = client.docker().pullImageCmd(reference.familiarName()).withTag(version);
    credentials.ifPresent(c -> command.withAuthConfig(authConfig(c)));
    return command;
  }

  private AuthConfig authConfig(Credentials c) {
    String server = reference.isDockerHub() ? "https://index.docker.io/v1/" : reference.registry();
    AuthConfig auth = new AuthConfig().withRegistryAddress(server);
    if (!c.identityToken().isEmpty()) {
      return auth.withIdentityToken(c.identityToken());
    }
    return auth.withUsername(c.username()).withPassword(c.password());
  }

  private EngineException failure(Throwable failure) {
    if (failure instanceof DockerException refused) {
      String message = EngineFailures.engineMessage(refused.getMessage());
      return failure(
          failure instanceof NotFoundException ? message + " (not found)" : message, failure);
    }
    return EngineFailures.lost("pull image [" + reference + "]", client.address(), failure);
  }

  private EngineException failure(String error, Throwable cause) {
    String lower = error.toLowerCase(Locale.ROOT);
    String used = credentials.map(Credentials::toString).orElse("no credentials");
    String image = "Image [" + reference + "] cannot be pulled with " + used + ": ";
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
              "check the engine's network and proxy settings, or load the image into the engine");
    } else if (MISSING.matcher(lower).find()) {
      message =
          SlimImageException.advise(
              image + "the registry does not have it (" + error + ")", "check its name and tag");
    } else {
      message = image + error;
    }
    return new EngineException(message, cause);
  }
}
