package io.slimimage.base;

import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import io.slimimage.image.Descriptor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An OCI image layout on disk.
 *
 * @param directory with {@code index.json} and {@code blobs}
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/image-layout.md">OCI image
 *     layout</a>
 */
record LayoutDirectory(Path directory, BaseFailures failures) implements BlobSource {

  /** Returns the bytes of {@code index.json}. */
  byte[] index() throws IOException {
    Path index = directory.resolve(ArchiveContents.INDEX);
    if (Files.isRegularFile(directory)) {
      throw failures.unusable(
          "is a file and no directory", "write [tar://" + directory + "], if it is an archive");
    }
    if (!Files.isDirectory(directory)) {
      throw failures.unusable("does not exist", "correct the path [" + directory + "]");
    }
    if (!Files.isRegularFile(index)) {
      throw failures.unusable(
          "is no OCI image layout, since it has no [index.json]", "name another directory");
    }
    try (InputStream in = Files.newInputStream(index)) {
      return DocumentBytes.read(in, "[index.json]", failures);
    }
  }

  @Override
  public Optional<Blob> find(Descriptor descriptor) {
    Digest digest = descriptor.digest();
    Path blob = directory.resolve("blobs").resolve(digest.algorithm()).resolve(digest.hex());
    // A pipe in its place would be waited for without an end.
    return Files.isRegularFile(blob) ? Optional.of(Blob.of(blob)) : Optional.empty();
  }
}
