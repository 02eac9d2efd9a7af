package io.slimimage.output;

import io.slimimage.blob.Digest;
import io.slimimage.blob.Records;
import java.util.Optional;

/**
 * Which repository of a registry was seen to have a blob, the last time that one was. It may have
 * lost it since.
 */
final class BlobPlaces {

  private static final String KIND = "blob-in-registry";

  private final Records records;

  BlobPlaces(Records records) {
    this.records = records;
  }

  /** Returns the repository, a path inside the registry. */
  Optional<String> find(String registry, Digest blob) {
    return records.find(KIND, key(registry, blob));
  }

  void know(String registry, Digest blob, String repository) {
    Digest key = key(registry, blob);
    if (!records.find(KIND, key).equals(Optional.of(repository))) {
      records.put(KIND, key, repository);
    }
  }

  private static Digest key(String registry, Digest blob) {
    return Digest.sha256(registry + "\n" + blob);
  }
}
