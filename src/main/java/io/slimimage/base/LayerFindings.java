package io.slimimage.base;

import io.slimimage.blob.Digest;
import io.slimimage.blob.Records;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * What is known of the layers of base images: what earlier builds have found out, and what this one
 * has seen in a layer while it verified it, so that the layer need not be decompressed again. Can
 * be used by several threads at once.
 */
public final class LayerFindings {

  /** Many times what the layers of an image need; what has no room is read again. */
  static final long MOST_MEMORY = 24L << 20;

  private final Records records;
  private final Predicate<String> wanted;
  private final Map<Digest, LayerContents> seen = new ConcurrentHashMap<>();
  private final AtomicLong room = new AtomicLong(MOST_MEMORY);

  /**
   * Starts with what earlier builds know.
   *
   * @param records keeps what is found out, for later builds
   * @param wanted tells by its path, without a slash in front, whether the content of a file will
   *     be asked for
   */
  public LayerFindings(Records records, Predicate<String> wanted) {
    this.records = Objects.requireNonNull(records, "records");
    this.wanted = Objects.requireNonNull(wanted, "wanted");
  }

  Records records() {
    return records;
  }

  boolean isWanted(String path) {
    return wanted.test(path);
  }

  /** Returns what this build has seen in a layer. */
  Optional<LayerContents> of(Digest diffId) {
    return Optional.ofNullable(seen.get(diffId));
  }

  void keep(Digest diffId, LayerContents contents) {
    seen.put(diffId, contents);
  }

  /** Returns whether so many bytes more can be held in memory, and takes them. */
  boolean take(long bytes) {
    if (room.addAndGet(-bytes) >= 0) {
      return true;
    }
    giveBack(bytes);
    return false;
  }

  void giveBack(long bytes) {
    room.addAndGet(bytes);
  }
}
