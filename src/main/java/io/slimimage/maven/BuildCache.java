package io.slimimage.maven;

import io.slimimage.blob.BlobStore;
import io.slimimage.blob.Digest;
import io.slimimage.blob.EarlierBuilds;
import io.slimimage.blob.FileDigests;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What builds by the embedded engine leave to each other: all of it can be shared, and none of it
 * is missed.
 *
 * @param earlier what was found out
 * @param blobs the layers
 */
record BuildCache(EarlierBuilds earlier, BlobStore blobs) {

  /**
   * Opens the cache.
   *
   * @param output the module's own directory, by which the digests of its files are found
   */
  static BuildCache open(Path directory, Path output) {
    String module = Digest.sha256(output.toAbsolutePath().toString()).hex();
    FileDigests digests = FileDigests.at(directory.resolve("digests").resolve(module));
    return new BuildCache(
        EarlierBuilds.in(directory, digests), new BlobStore(directory.resolve("blobs"), digests));
  }

  /** Ends a build: keeps what it has found out, and makes room. */
  void close(long limit) throws IOException {
    earlier.digests().save();
    blobs.prune(limit);
    earlier.records().prune();
  }
}
