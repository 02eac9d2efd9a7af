package io.slimimage.registry;

import io.slimimage.BuildLog;
import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import io.slimimage.image.Descriptor;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A repository that is read from mirrors: each is asked in turn, the registry itself in the end. A
 * mirror that fails is left alone for the rest of the build.
 */
final class MirroredRepository implements Repository {

  private final List<Repository> mirrors;
  private final Repository origin;
  private final Set<String> failed;
  private final BuildLog log;

  /**
   * Creates the repository.
   *
   * @param failed the names of mirrors that have failed, which all repositories share
   */
  MirroredRepository(
      List<Repository> mirrors, Repository origin, Set<String> failed, BuildLog log) {
    this.mirrors = List.copyOf(mirrors);
    this.origin = origin;
    this.failed = failed;
    this.log = log;
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
    return ofMirror(descriptor.digest().toString(), it -> opened(it, descriptor))
        .orElseGet(() -> origin.open(descriptor));
  }

  private static Optional<InputStream> opened(Repository mirror, Descriptor descriptor) {
    try {
      return Optional.of(mirror.open(descriptor));
    } catch (RegistryException e) {
      if (e.status() == Statuses.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private <T> Optional<T> ofMirror(String what, Function<Repository, Optional<T>> question) {
    for (Repository mirror : mirrors) {
      if (failed.contains(mirror.name())) {
        continue;
      }
      try {
        Optional<T> answer = question.apply(mirror);
        if (answer.isPresent()) {
          return answer;
        }
        log.debug("The mirror [" + mirror.name() + "] does not have " + what);
      } catch (RegistryException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw e;
        }
        if (failed.add(mirror.name())) {
          log.warn("Going on without the mirror [" + mirror.name() + "]: " + e.getMessage());
        }
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
  public void pushManifest(String reference, ManifestBytes manifest) {
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
