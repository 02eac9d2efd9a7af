package io.slimimage.base;

import io.slimimage.blob.BlobStore;
import io.slimimage.image.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads one image of an archive, whichever way that says what is in it. */
final class ArchiveImages {

  private final BlobStore store;
  private final BaseFailures failures;
  private final Platform platform;

  /**
   * Creates a reader.
   *
   * @param store gets the files of the archive
   * @param platform what the image is to be for
   */
  ArchiveImages(BlobStore store, BaseFailures failures, Platform platform) {
    this.store = store;
    this.failures = failures;
    this.platform = platform;
  }

  /**
   * Reads the image; what knows its media types goes first.
   *
   * @param archive a tar archive, compressed or not; stays open
   */
  FoundImage read(InputStream archive) throws IOException {
    ArchiveContents contents = ArchiveContents.read(archive, store, failures);
    Optional<byte[]> index = contents.document(ArchiveContents.INDEX);
    if (index.isPresent()) {
      BlobReader blobs = new BlobReader(contents, store, failures);
      return new OciImages(blobs, failures, platform).read(index.get(), "");
    }
    Optional<byte[]> manifest = contents.document(ArchiveContents.MANIFEST);
    if (manifest.isPresent()) {
      return new DockerArchive(contents, failures).read(manifest.get(), platform);
    }
    throw failures.unusable(
        "has neither [index.json] nor [manifest.json] at its root",
        "write an archive by [docker save], or of what is in the directory of an OCI layout");
  }
}
