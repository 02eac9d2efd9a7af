package io.slimimage.output;

import io.slimimage.blob.Digest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a repository got of an image.
 *
 * @param repository registry and path, such as {@code registry.example/team/shop}
 * @param digest of the manifest or index
 * @param tags that stand for it now
 * @param bytesSent of blobs and manifests; 0 where everything was there
 * @param blobs what was done for each, in the order of the image's parts
 */
public record Pushed(
    String repository,
    Digest digest,
    List<String> tags,
    long bytesSent,
    Map<Digest, Transfer> blobs) {

  /** Copies the collections. */
  public Pushed {
    tags = List.copyOf(tags);
    blobs = Collections.unmodifiableMap(new LinkedHashMap<>(blobs));
  }

  /** How a blob got into the repository. */
  public enum Transfer {
    /** It was there. */
    PRESENT,
    /** The registry took it from another of its repositories. */
    MOUNTED,
    /** It was sent. */
    SENT
  }

  /** Returns how many blobs got there like this. */
  public long count(Transfer transfer) {
    return blobs.values().stream().filter(transfer::equals).count();
  }

  /** Returns the name by which everybody gets the same image, {@code repository@sha256:…}. */
  public String reference() {
    return repository + "@" + digest;
  }
}
