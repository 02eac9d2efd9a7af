package io.slimimage.registry;

import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import io.slimimage.image.Descriptor;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A repository that is read from mirrors: each is asked in turn, the registry itself in the end. A
 * mirror that fails is left alone for the rest of the build.
 */
final class MirroredRepository implements Repository {

  private final List<HttpRepository> mirrors;
  private final HttpRepository origin;
  private final FailedMirrors failed;

  /**
   * Creates the repository.
   *
   * @param failed which all repositories share
   */
  MirroredRepository(List<HttpRepository> mirrors, HttpRepository origin, FailedMirrors failed) {
    this.mirrors = List.copyOf(mirrors);
    this.origin = origin;
    this.failed = failed;
  }

  @Override
  public String name() {
    return origin.name();
  }

  @Override
  public Optional<Descriptor> find(String reference) {
    return ofMirror("[" + reference + "]", it -> it.find(reference))
        .or(() -> origin.find(reference));
  }

  @Override
  public Optional<ManifestBytes> manifest(String reference) {
    return ofMirror("[" + reference + "]", it -> it.manifest(reference))
        .or(() -> origin.manifest(reference));
  }

  @Override
  public boolean hasBlob(Digest digest) {
    return ofMirror(digest.toString(), it -> Optional.of(digest).filter(it::hasBlob)).isPresent()
        || origin.hasBlob(digest);
  }

  @Override
  public InputStream open(Descriptor descriptor) {
    MirroredBody body = new MirroredBody(mirrors, origin, failed, descriptor);
    body.connect();
    return new VerifiedBytes(body, descriptor, "of [" + name() + "]", body::damaged);
  }

  private <T> Optional<T> ofMirror(String what, Function<Repository, Optional<T>> question) {
    for (HttpRepository mirror : mirrors) {
      if (failed.contains(mirror)) {
        continue;
      }
      try {
        Optional<T> answer = question.apply(mirror);
        if (answer.isPresent()) {
          return answer;
        }
        failed.lacks(mirror, what);
      } catch (RegistryException e) {
        failed.add(mirror, e);
      }
    }
    return Optional.empty();
  }

  @Override
  public boolean mount(Digest digest, String repository) {
    throw readOnly();
  }

  @Override
  public void push(Descriptor descriptor, Blob content) {
    throw readOnly();
  }

  @Override
  public void pushManifest(String reference, ManifestBytes manifest, Runnable completion) {
    throw readOnly();
  }

  private IllegalStateException readOnly() {
    return new IllegalStateException("[" + name() + "] was opened to read");
  }

  @Override
  public String toString() {
    return name();
  }
}
