package io.slimimage.base;

import com.fasterxml.jackson.databind.JsonNode;
import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import io.slimimage.image.Descriptor;
import io.slimimage.image.ImageReference;
import io.slimimage.image.MediaTypes;
import io.slimimage.registry.Access;
import io.slimimage.registry.ManifestBytes;
import io.slimimage.registry.MirrorException;
import io.slimimage.registry.RegistryException;
import io.slimimage.registry.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The repository of a base image, which is opened when something is asked of it. Manifests and
 * configurations are got once. Can be used by several threads at once.
 */
final class BaseRepository implements BlobSource {

  /** What Docker wrote until 2016; its media types go on after this. */
  private static final String SCHEMA_1 = "application/vnd.docker.distribution.manifest.v1+";

  private final BaseRegistries registries;
  private final ImageReference image;
  private final BaseFailures failures;
  private final Map<Digest, Blob> documents = new ConcurrentHashMap<>();
  private Repository repository;

  BaseRepository(BaseRegistries registries, ImageReference image, BaseFailures failures) {
    this.registries = registries;
    this.image = image;
    this.failures = failures;
  }

  private synchronized Repository open() {
    if (registries.offline()) {
      throw failures.offline();
    }
    if (repository == null) {
      repository = registries.client().get().repository(image, Access.PULL);
    }
    return repository;
  }

  private <T> T ask(Function<Repository, T> request) {
    try {
      return request.apply(open());
    } catch (RegistryException e) {
      throw failures.refused(e);
    }
  }

  /**
   * Returns the digest that a tag stands for now.
   *
   * @param last what it stood for when it was asked last, which the user may want to go on with
   */
  Digest resolve(String tag, Optional<Digest> last) {
    Optional<Descriptor> found;
    try {
      found = open().find(tag);
    } catch (RegistryException e) {
      throw last.isEmpty() ? failures.refused(e) : failures.refused(e, cached(tag, last.get()));
    }
    checkSchema(found.orElseThrow(this::unknown).mediaType().startsWith(SCHEMA_1));
    return found.get().digest();
  }

  private String cached(String tag, Digest last) {
    return "The cache has what it was at the last build: go on with that by -o, or for good by"
        + (" 'slimimage.baseImage' [" + image.familiarName() + ":" + tag + "@" + last + "]");
  }

  /** Returns what refers to a manifest or an index, whatever the registry calls it. */
  Descriptor root(Digest digest) throws IOException {
    ManifestBytes found = ask(it -> it.manifest(digest.toString())).orElseThrow(this::unknown);
    checkSchema(found.mediaType().startsWith(SCHEMA_1));
    if (!Digest.sha256(found.bytes()).equals(digest)) {
      throw failures.damaged(
          "its manifest has another digest than was asked for, [" + digest + "]");
    }
    documents.put(digest, Blob.of(found.bytes()));
    return new Descriptor(mediaType(found), digest, found.bytes().length);
  }

  private String mediaType(ManifestBytes found) throws IOException {
    if (isManifest(found.mediaType())) {
      return found.mediaType();
    }
    JsonNode document = new Documents(failures).object(found.bytes(), "its manifest");
    checkSchema(document.path("schemaVersion").asInt() == 1);
    String own = document.path("mediaType").asText();
    if (isManifest(own)) {
      return own;
    }
    if (own.isEmpty() && document.has("manifests")) {
      return MediaTypes.INDEX;
    }
    if (own.isEmpty() && document.has("layers")) {
      return MediaTypes.MANIFEST;
    }
    throw failures.unusable(
        "is no container image, but [" + (own.isEmpty() ? found.mediaType() : own) + "]",
        "name another image");
  }

  private static boolean isManifest(String mediaType) {
    return DocumentKind.INDEX.is(mediaType) || DocumentKind.MANIFEST.is(mediaType);
  }

  private void checkSchema(boolean first) {
    if (first) {
      throw failures.unusable(
          "is kept by Docker's schema 1, which was given up and cannot be verified",
          "have it pushed again by a tool of today, or use another image");
    }
  }

  private RuntimeException unknown() {
    return failures.unusable(
        "is not in the registry [" + image.registry() + "]",
        "check its name, and log in to the registry if the image is private");
  }

  @Override
  public Optional<Blob> find(Descriptor descriptor) throws IOException {
    boolean manifest = isManifest(descriptor.mediaType());
    if (!manifest && !DocumentKind.CONFIG.is(descriptor.mediaType())) {
      return Optional.of(remote(descriptor));
    }
    Blob known = documents.get(descriptor.digest());
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Blob> found = manifest ? manifest(descriptor) : Optional.of(config(descriptor));
    found.ifPresent(document -> documents.put(descriptor.digest(), document));
    return found;
  }

  private Optional<Blob> manifest(Descriptor descriptor) {
    return ask(it -> it.manifest(descriptor.digest().toString()))
        .map(found -> Blob.of(found.bytes()));
  }

  private Blob config(Descriptor descriptor) throws IOException {
    try (InputStream in = open().open(descriptor)) {
      return Blob.of(DocumentBytes.read(in, "its configuration", failures));
    } catch (MirrorException e) {
      // It is not asked again, so that the next one is, or the registry itself.
      return config(descriptor);
    } catch (RegistryException e) {
      throw failures.refused(e);
    }
  }

  private Blob remote(Descriptor descriptor) {
    Repository from = ask(it -> it);
    return new Blob() {
      @Override
      public long size() {
        return descriptor.size();
      }

      @Override
      public InputStream open() {
        return from.open(descriptor);
      }
    };
  }

  @Override
  public boolean has(Descriptor descriptor) {
    return ask(it -> it.hasBlob(descriptor.digest()));
  }
}
