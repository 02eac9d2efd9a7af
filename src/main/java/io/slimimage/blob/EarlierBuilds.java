package io.slimimage.blob;

import java.nio.file.Path;
import java.util.Objects;

/**
 * What earlier builds have left to this one. Nothing of it is missed where it is not there, but the
 * time that it took.
 *
 * @param directory for what is neither a digest nor a record; need not exist
 * @param digests of files
 * @param records of what was made from what
 */
public record EarlierBuilds(Path directory, FileDigests digests, Records records) {

  /** Checks that nothing is null. */
  public EarlierBuilds {
    Objects.requireNonNull(directory, "directory");
    Objects.requireNonNull(digests, "digests");
    Objects.requireNonNull(records, "records");
  }

  /**
   * Opens what is in a directory, but for the digests of files.
   *
   * @param directory need not exist
   */
  public static EarlierBuilds in(Path directory, FileDigests digests) {
    Path absolute = directory.toAbsolutePath();
    return new EarlierBuilds(absolute, digests, new Records(absolute.resolve("records")));
  }

  /**
   * Returns what stands for the code that runs now, for the keys of what other code might make in
   * another way: the digest of its jar.
   */
  public Digest code() {
    return OwnCode.digest(digests);
  }
}
