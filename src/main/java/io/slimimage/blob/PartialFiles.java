package io.slimimage.blob;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/** Files that are being written and get their names when they are complete. */
final class PartialFiles {

  /** Of all names, so that what a killed process has left is found. */
  static final String SUFFIX = ".partial";

  private static final Duration KEEP = Duration.ofDays(1);

  private PartialFiles() {}

  /** Creates an empty file with a name that no other process and thread has. */
  static Path create(Path directory, String prefix) throws IOException {
    createDirectory(directory);
    while (true) {
      // Files.createTempFile would start the secure random numbers, which takes 10 ms and more.
      String unique = Long.toHexString(ThreadLocalRandom.current().nextLong());
      try {
        return Files.createFile(directory.resolve(prefix + "." + unique + SUFFIX));
      } catch (FileAlreadyExistsException e) {
        // Takes another name.
      }
    }
  }

  /** Creates a directory and its parents; a link to a directory is one. */
  static void createDirectory(Path directory) throws IOException {
    // Files.createDirectories refuses such a link.
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory);
    }
  }

  /** Removes what a killed process has left; what is younger than a day may still be written. */
  static void removeOld(Path directory) throws IOException {
    Instant kept = Instant.now().minus(KEEP);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
      for (Path file : files) {
        try {
          if (Files.getLastModifiedTime(file).toInstant().isBefore(kept)) {
            Files.deleteIfExists(file);
          }
        } catch (IOException e) {
          // Another build removes it, or it belongs to somebody else.
        }
      }
    }
  }
}
