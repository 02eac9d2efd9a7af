package io.slimimage.docker;

import com.github.dockerjava.api.model.PushResponseItem;
import com.github.dockerjava.api.model.ResponseItem.AuxDetail;
import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
import io.slimimage.credentials.Credentials;
import io.slimimage.image.ImageReference;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lets an engine push one name of an image. */
final class ImagePush {

  private static final Pattern DIGEST = Pattern.compile("digest: (sha256:[0-9a-f]{64})");
  private static final Pattern LAYER = Pattern.compile("[0-9a-f]{8,64}");

  private final EngineClient client;
  private final ImageReference reference;
  private final Optional<Credentials> credentials;
  private final BuildLog log;
  private final Map<String, Boolean> layers = new ConcurrentHashMap<>();
  private final Map<String, String> statuses = new ConcurrentHashMap<>();
  private volatile String digest;

  ImagePush(
      EngineClient client,
      ImageReference reference,
      Optional<Credentials> credentials,
      BuildLog log) {
    this.client = client;
    this.reference = reference;
    this.credentials = credentials;
    this.log = log;
  }

  PushedImage run() {
    TransferFailure failures =
        new TransferFailure(
            "push",
            "create the repository there, or check the image's name",
            reference,
            credentials,
            client.address());
    try (TransferCallback<PushResponseItem> callback =
        client
            .docker()
            .pushImageCmd(reference.familiarName())
            .withTag(reference.tag())
            .withAuthConfig(RegistryLogin.of(reference, credentials))
            .exec(new TransferCallback<>(this::report))) {
      callback.await(failures);
    } catch (IOException e) {
      throw failures.of(e);
    }
    if (digest == null) {
      throw new EngineException(
          SlimImageException.advise(
              "The engine does not tell the digest of image [" + reference + "] that it pushed",
              "see whether the registry has the image, and push it by another engine"));
    }
    return new PushedImage(digest, layers);
  }

  private void report(PushResponseItem item) {
    String status = Objects.toString(item.getStatus(), "");
    String layer = Objects.toString(item.getId(), "");
    AuxDetail aux = item.getAux();
    Matcher inStatus = DIGEST.matcher(status);
    if (aux != null && aux.getDigest() != null) {
      digest = aux.getDigest();
    } else if (inStatus.find() && digest == null) {
      digest = inStatus.group(1);
    }
    if (LAYER.matcher(layer).matches()) {
      if (status.equals("Pushed")) {
        layers.put(layer, true);
      } else if (status.equals("Layer already exists") || status.startsWith("Mounted from")) {
        layers.put(layer, false);
      }
    }
    // Each of them comes again and again, with the bytes so far.
    if (!status.isEmpty() && !status.equals(statuses.put(layer, status))) {
      log.debug("Engine: " + (layer.isEmpty() ? "" : layer + ": ") + status);
    }
  }
}
