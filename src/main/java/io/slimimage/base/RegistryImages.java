package io.slimimage.base;

import io.slimimage.BuildLog;
import io.slimimage.blob.BlobStore;
import io.slimimage.blob.Digest;
import io.slimimage.blob.Records;
import io.slimimage.image.BaseImage;
import io.slimimage.image.Descriptor;
import io.slimimage.image.ImageReference;
import io.slimimage.image.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The base images of registries.
 *
 * <p>About a name with a digest nothing is asked, if an earlier build has read the image. What a
 * tag stands for is asked each time: a registry that does not answer is a failure then, since a
 * build that takes what its machine happens to have cannot be repeated elsewhere. Offline, a tag
 * stands for what it did when it was asked last.
 */
final class RegistryImages {

  private static final String TAG = "base-tag";

  private final BaseRegistries registries;
  private final BlobStore blobs;
  private final LayerFindings findings;
  private final Records records;
  private final BuildLog log;

  RegistryImages(BaseRegistries registries, BlobStore blobs, LayerFindings findings, BuildLog log) {
    this.registries = registries;
    this.blobs = blobs;
    this.findings = findings;
    this.records = findings.records();
    this.log = log;
  }

  /** Opens the image for each of the platforms, of one index if there is one. */
  List<BaseImage> open(ImageReference image, List<Platform> platforms) throws IOException {
    BaseFailures failures =
        new BaseFailures(
            image.familiar(), "have it pushed to its registry again, or use another image");
    BaseRepository repository = new BaseRepository(registries, image, failures);
    if (!image.digest().isEmpty()) {
      return open(image, pinned(image, failures), platforms, repository, failures);
    }
    Optional<Digest> last = last(image, platforms);
    Digest digest =
        registries.offline()
            ? last.orElseThrow(failures::offline)
            : repository.resolve(image.tag(), last);
    List<BaseImage> bases = open(image, digest, platforms, repository, failures);
    if (!last.equals(Optional.of(digest))) {
      platforms.forEach(it -> records.put(TAG, tagKey(image, it), digest.toString()));
    }
    return bases;
  }

  /** Returns what the tag stood for when it was asked last, if that was the same for all. */
  private Optional<Digest> last(ImageReference image, List<Platform> platforms) {
    List<Optional<Digest>> all =
        platforms.stream()
            .map(it -> records.find(TAG, tagKey(image, it)))
            .map(found -> found.map(String::strip).flatMap(Digest::ifValid))
            .distinct()
            .toList();
    return all.size() == 1 ? all.get(0) : Optional.empty();
  }

  private List<BaseImage> open(
      ImageReference image,
      Digest digest,
      List<Platform> platforms,
      BaseRepository repository,
      BaseFailures failures)
      throws IOException {
    RegistryLayers layers = new RegistryLayers(repository, blobs, findings, failures);
    BaseCache cache = new BaseCache(records);
    List<BaseImage> bases = new ArrayList<>();
    Descriptor root = null;
    for (Platform platform : platforms) {
      BaseCache.Key key =
          new BaseCache.Key(
              "registry", digest.toString(), image.registry() + "/" + image.repository(), platform);
      BaseImage base = cache.find(key, failures.name(), layers).orElse(null);
      if (base == null) {
        if (root == null) {
          log.info("Base image [" + failures.name() + "] is read, which later builds need not do");
          root = repository.root(digest);
        }
        base = layers.read(root, platform);
        cache.keep(key, base);
      }
      bases.add(base.withOrigin(new BaseImage.Origin(image, digest)));
    }
    log.debug("Base image [" + failures.name() + "] is [" + digest + "]");
    return bases;
  }

  private static Digest pinned(ImageReference image, BaseFailures failures) {
    Optional<Digest> digest = Digest.ifValid(image.digest());
    return digest
        .filter(it -> it.algorithm().equals("sha256"))
        .orElseThrow(
            () -> failures.unusable("has a digest that is no SHA-256", "name it by its SHA-256"));
  }

  /** Of a tag another platform may have been asked for at another time. */
  private static Digest tagKey(ImageReference image, Platform platform) {
    return Digest.sha256("base tag 1\n" + image.canonical() + "\n" + platform);
  }
}
