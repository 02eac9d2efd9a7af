package io.slimimage.docker;

import com.github.dockerjava.api.command.PullImageCmd;
import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.api.model.ResponseItem.ProgressDetail;
import io.slimimage.credentials.Credentials;
import io.slimimage.image.ImageReference;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/** Lets an engine pull one image. */
final class ImagePull {

  private final EngineClient client;
  private final ImageReference reference;
  private final Optional<Credentials> credentials;

  ImagePull(EngineClient client, ImageReference reference, Optional<Credentials> credentials) {
    this.client = client;
    this.reference = reference;
    this.credentials = credentials;
  }

  void run(PullProgress progress) {
    TransferFailure failures =
        new TransferFailure(
            "pull", "check its name and tag", reference, credentials, client.address());
    try (TransferCallback<PullResponseItem> callback =
        command().exec(new TransferCallback<>(item -> report(item, progress)))) {
      callback.await(failures);
    } catch (IOException e) {
      throw failures.of(e);
    }
  }

  private static void report(PullResponseItem item, PullProgress progress) {
    ProgressDetail detail = item.getProgressDetail();
    boolean known = detail != null && detail.getCurrent() != null && detail.getTotal() != null;
    progress.update(
        Objects.toString(item.getId(), ""),
        Objects.toString(item.getStatus(), ""),
        known ? detail.getCurrent() : 0,
        known ? detail.getTotal() : 0);
  }

  private PullImageCmd command() {
    // Without a version the engine would pull all tags of the repository.
    String version = reference.digest().isEmpty() ? reference.tag() : reference.digest();
    PullImageCmd command = client.docker().pullImageCmd(reference.familiarName()).withTag(version);
    if (credentials.isPresent()) {
      command.withAuthConfig(RegistryLogin.of(reference, credentials));
    }
    return command;
  }
}
