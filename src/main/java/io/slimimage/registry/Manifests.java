package io.slimimage.registry;

import io.slimimage.SlimImageException;
import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import io.slimimage.blob.MeasuringInputStream;
import io.slimimage.image.Descriptor;
import io.slimimage.image.MediaTypes;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The manifests and indexes of a repository. */
final class Manifests {

  /** What a registry has to take, and all that it has to. */
  private static final int LIMIT = 4 << 20;

  private static final String ACCEPTED =
      String.join(
          ", ",
          MediaTypes.INDEX,
          MediaTypes.MANIFEST,
          MediaTypes.DOCKER_INDEX,
          MediaTypes.DOCKER_MANIFEST);

  /** Docker's first format, whose digest is not that of all its bytes. */
  private static final String SIGNED = "application/vnd.docker.distribution.manifest.v1";

  /** What registries say to a manifest or an index whose parts they do not see. */
  private static final List<String> INCOMPLETE = List.of("BLOB_UNKNOWN", "MANIFEST_UNKNOWN");

  private final RepositoryClient repository;

  Manifests(RepositoryClient repository) {
    this.repository = repository;
  }

  /** Asks for the digest of a manifest; gets it whole only where the registry does not tell. */
  Optional<Descriptor> find(String reference) {
    String what = "find [" + reference + "] of [" + repository.name() + "]";
    Optional<Optional<Descriptor>> told =
        repository
            .retries()
            .run(
                what,
                () -> {
                  try (Answer answer = repository.send(request("HEAD", reference))) {
                    return switch (answer.status()) {
                      case Statuses.NOT_FOUND -> Optional.of(Optional.empty());
                      case Statuses.OK -> descriptor(what, reference, answer).map(Optional::of);
                      // Not every registry has HEAD.
                      case 405, 501 -> Optional.empty();
                      default -> throw repository.unexpected(what, answer);
                    };
                  }
                });
    return told.orElseGet(() -> get(reference).map(ManifestBytes::descriptor));
  }

  private static Optional<Descriptor> descriptor(String what, String reference, Answer answer) {
    Optional<Digest> digest = Digests.of(answer);
    String mediaType = answer.mediaType();
    if (digest.isEmpty() || answer.length() < 0 || !isManifest(mediaType)) {
      return Optional.empty();
    }
    Digest.ifValid(reference).ifPresent(asked -> Digests.check(what, asked, answer));
    return Optional.of(new Descriptor(mediaType, digest.get(), answer.length()));
  }

  Optional<ManifestBytes> get(String reference) {
    String what = "get [" + reference + "] of [" + repository.name() + "]";
    return repository
        .retries()
        .run(
            what,
            () -> {
              try (Answer answer = repository.send(request("GET", reference))) {
                return switch (answer.status()) {
                  case Statuses.NOT_FOUND -> Optional.empty();
                  case Statuses.OK -> Optional.of(verified(what, reference, answer));
                  default -> throw repository.unexpected(what, answer);
                };
              }
            });
  }

  private static ManifestBytes verified(String what, String reference, Answer answer)
      throws IOException {
    if (answer.length() > LIMIT) {
      throw tooLarge(what);
    }
    byte[] bytes = answer.read(LIMIT + 1);
    if (bytes.length > LIMIT) {
      throw tooLarge(what);
    }
    String mediaType = isManifest(answer.mediaType()) ? answer.mediaType() : typeOf(what, bytes);
    Optional<Digest> asked = Digest.ifValid(reference);
    Digest digest = digest(asked.or(() -> Digests.of(answer)), bytes);
    if (!answer.mediaType().startsWith(SIGNED)) {
      if (asked.isPresent() && !asked.get().equals(digest)) {
        throw new RegistryException(
            "Cannot " + what + ": the bytes have the digest [" + digest + "] instead");
      }
      Digests.check(what, digest, answer);
    }
    return new ManifestBytes(mediaType, digest, bytes);
  }

  /** By the algorithm that is asked for. */
  private static Digest digest(Optional<Digest> like, byte[] bytes) throws IOException {
    if (like.isEmpty() || like.get().algorithm().equals("sha256")) {
      return Digest.sha256(bytes);
    }
    try (var measuring = new MeasuringInputStream(Blob.of(bytes).open(), like.get())) {
      measuring.finish();
      return measuring.digest();
    }
  }

  private static boolean isManifest(String mediaType) {
    return mediaType.startsWith("application/vnd.");
  }

  /** Some registries call everything JSON, or nothing at all; what else answers has pages. */
  private static String typeOf(String what, byte[] bytes) {
    Map<?, ?> json = Json.object(bytes);
    if (json.isEmpty()) {
      throw new RegistryException(
          SlimImageException.advise(
              "Cannot " + what + ": what comes is no manifest",
              "check whether the host is a registry, and nothing stands before it"));
    }
    String mediaType = Json.text(json, "mediaType");
    if (!mediaType.isEmpty()) {
      return mediaType;
    }
    return json.containsKey("manifests") ? MediaTypes.INDEX : MediaTypes.MANIFEST;
  }

  private static RegistryException tooLarge(String what) {
    return new RegistryException(
        "Cannot " + what + ": it has more than " + LIMIT + " bytes, which no manifest may have");
  }

  void put(String reference, ManifestBytes manifest, Runnable completion) {
    String what = "push [" + reference + "] to [" + repository.name() + "]";
    Request request =
        Request.put(
            repository.target("manifests/" + reference),
            manifest.mediaType(),
            Content.of(manifest.bytes()));
    repository
        .retries()
        .run(
            what,
            () -> {
              try (Answer answer = repository.send(request)) {
                if (!answer.isSuccess()) {
                  throw refused(what, answer, completion);
                }
                Digests.check(what, manifest.digest(), answer);
                return answer.status();
              }
            });
  }

  private IOException refused(String what, Answer answer, Runnable completion) {
    String text = Statuses.describe(answer);
    if (INCOMPLETE.stream().noneMatch(text::contains)) {
      throw repository.unexpected(what, answer, text);
    }
    completion.run();
    return new TemporaryFailure(
        "["
            + Locations.host(answer.uri())
            + "] answers "
            + text
            + " though every part was there or sent",
        answer.status(),
        Duration.ZERO);
  }

  private Request request(String method, String reference) {
    return new Request(
        method,
        repository.target("manifests/" + reference),
        Map.of("Accept", ACCEPTED),
        Content.NONE);
  }
}
