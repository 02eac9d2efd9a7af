package io.slimimage.output;

import io.slimimage.blob.Digest;
import io.slimimage.blob.FileStamp;
import io.slimimage.blob.Records;
import io.slimimage.image.ImageDocuments;
import io.slimimage.image.LayerDownloads;
import io.slimimage.image.PlatformImages;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Writes an archive that is an OCI image layout and, by its {@code manifest.json}, what {@code
 * docker load} reads.
 */
public final class ArchiveWriter {

  /** To be changed with the format of the archive. */
  private static final String FORMAT = "archive 1";

  private final Path file;
  private final Records records;

  /**
   * Creates a writer.
   *
   * @param file appears by one renaming when it is complete
   * @param records keeps which image the file is of, and its stamp: that says at the next build
   *     whether it is still the same, so that its bytes are never read again
   */
  public ArchiveWriter(Path file, Records records) {
    this.file = file.toAbsolutePath();
    this.records = records;
  }

  /**
   * Writes an image, or several in an index, unless they are there already; returns whether they
   * were not.
   *
   * @throws io.slimimage.SlimImageException if the file cannot be written
   */
  public boolean write(PlatformImages images) throws IOException {
    Digest key = key(images);
    Optional<String> stamp = stamp();
    if (stamp.isPresent() && stamp.equals(records.find("archive", key))) {
      return false;
    }
    if (Files.isDirectory(file)) {
      throw WriteFailure.occupied(file, "file");
    }
    LayerDownloads.run(images.layers());
    replace(ImageArchive.whole(images, images.references()));
    stamp().ifPresent(written -> records.put("archive", key, written));
    return true;
  }

  private void replace(ImageArchive archive) {
    // Always the same name, so that what a killed build has left is written over.
    Path partial = file.resolveSibling("." + file.getFileName() + ".partial");
    try {
      Files.createDirectories(file.getParent());
      try (FileChannel out =
          FileChannel.open(
              partial,
              StandardOpenOption.WRITE,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        archive.writeTo(out);
      }
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      delete(partial);
      throw WriteFailure.of(file, e);
    } catch (RuntimeException e) {
      delete(partial);
      throw e;
    }
  }

  private static void delete(Path partial) {
    try {
      Files.deleteIfExists(partial);
    } catch (IOException e) {
      // The failure that led here says more.
    }
  }

  /** The index names the image by its digest, and all its references. */
  private Digest key(PlatformImages images) {
    byte[] index = ImageDocuments.index(images, images.references());
    return Digest.sha256(FORMAT + "\n" + file + "\n" + Digest.sha256(index));
  }

  private Optional<String> stamp() {
    try {
      return Optional.of(FileStamp.of(file).toString());
    } catch (IOException e) {
      // It is not there, or writing it will say what is wrong.
      return Optional.empty();
    }
  }
}
