package io.slimimage.base;

import io.slimimage.BuildLog;
import io.slimimage.blob.BlobStore;
import io.slimimage.blob.Digest;
import io.slimimage.blob.Records;
import io.slimimage.image.BaseImage;
import io.slimimage.image.ImageReference;
import io.slimimage.image.Platform;
import java.io.IOException;
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
  private final Records records;
  private final BuildLog log;

  RegistryImages(BaseRegistries registries, BlobStore blobs, Records records, BuildLog log) {
    this.registries = registries;
    this.blobs = blobs;
    this.records = records;
    this.log = log;
  }

  BaseImage open(ImageReference image, Platform platform) throws IOException {
    BaseFailures failures =
        new BaseFailures(
            image.familiar(), "have it pushed to its registry again, or use another image");
    BaseRepository repository = new BaseRepository(registries, image, failures);
    if (!image.digest().isEmpty()) {
      return open(image, pinned(image, failures), platform, repository, failures);
    }
    Digest key = tagKey(image, platform);
    Optional<Digest> last = records.find(TAG, key).map(String::strip).flatMap(Digest::ifValid);
    Digest digest =
        registries.offline()
            ? last.orElseThrow(failures::offline)
            : repository.resolve(image.tag(), last);
    BaseImage base = open(image, digest, platform, repository, failures);
    if (!last.equals(Optional.of(digest))) {
      records.put(TAG, key, digest.toString());
    }
    return base;
  }

  private BaseImage open(
      ImageReference image,
      Digest digest,
      Platform platform,
      BaseRepository repository,
      BaseFailures failures)
      throws IOException {
    BaseCache cache = new BaseCache(records);
    BaseCache.Key key =
        new BaseCache.Key(
            "registry", digest.toString(), image.registry() + "/" + image.repository(), platform);
    RegistryLayers layers = new RegistryLayers(repository, blobs, records, failures);
    BaseImage base = cache.find(key, failures.name(), layers).orElse(null);
    if (base == null) {
      log.info("Base image [" + failures.name() + "] is read, which later builds need not do");
      base = layers.read(repository.root(digest), platform);
      cache.keep(key, base);
    }
    log.debug("Base image [" + failures.name() + "] is [" + digest + "] in [" + key.part() + "]");
    return base.withOrigin(new BaseImage.Origin(image, digest));
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
