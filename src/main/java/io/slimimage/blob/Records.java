package io.slimimage.blob;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Small results of earlier builds by what they were made from. A record that was damaged counts as
 * none, and one that cannot be written costs the next build time, no more.
 *
 * <p>Each is a file, {@code <kind>/<first two digits of the key>/<key>}, whose time is that of its
 * last use, to the day. Builds in threads and processes may share them.
 */
public final class Records {

  private static final SealedText TEXT = SealedText.withSha256("slimimage-record-1");
  private static final Pattern KIND = Pattern.compile("[a-z-]+");
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64,}");
  private static final Duration KEEP_UNUSED = Duration.ofDays(60);
  private static final Duration STEP = Duration.ofDays(1);

  private final Path directory;

  /**
   * Opens records.
   *
   * @param directory where they are, a file each; need not exist
   */
  public Records(Path directory) {
    this.directory = directory.toAbsolutePath();
  }

  /**
   * Returns a record.
   *
   * @param kind what it is, such as {@code layer}: lower-case letters and hyphens
   * @param key of all that it was made from
   */
  public Optional<String> find(String kind, Digest key) {
    Path file = file(kind, key);
    Optional<String> text = TEXT.read(file);
    text.ifPresent(there -> markUsed(file));
    return text;
  }

  /** Writes a record. */
  public void put(String kind, Digest key, String text) {
    try {
      TEXT.write(file(kind, key), text);
    } catch (IOException e) {
      // Made again by the next build.
    }
  }

  /** Removes records that were not used for 60 days; looks for them once a day. */
  public void prune() {
    Path pruned = directory.resolve(".pruned");
    try {
      if (Files.isDirectory(directory) && isOlder(pruned, STEP)) {
        Files.write(pruned, new byte[0]);
        pruneAll();
      }
    } catch (IOException e) {
      // The records of somebody else, who alone prunes them.
    }
  }

  private void pruneAll() throws IOException {
    try (DirectoryStream<Path> kinds = Files.newDirectoryStream(directory, Files::isDirectory)) {
      for (Path kind : kinds) {
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(kind, Files::isDirectory)) {
          for (Path part : parts) {
            prune(part);
          }
        }
      }
    }
  }

  private static void prune(Path part) throws IOException {
    PartialFiles.removeOld(part);
    try (DirectoryStream<Path> records =
        Files.newDirectoryStream(
            part, file -> HEX.matcher(file.getFileName().toString()).matches())) {
      for (Path record : records) {
        if (isOlder(record, KEEP_UNUSED)) {
          Files.deleteIfExists(record);
        }
      }
    }
  }

  private static void markUsed(Path file) {
    try {
      if (isOlder(file, STEP)) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
      }
    } catch (IOException e) {
      // Whose it is marks it.
    }
  }

  private static boolean isOlder(Path file, Duration age) throws IOException {
    try {
      Instant time = Files.getLastModifiedTime(file).toInstant();
      return time.isBefore(Instant.now().minus(age));
    } catch (NoSuchFileException e) {
      return true;
    }
  }

  private Path file(String kind, Digest key) {
    if (!KIND.matcher(kind).matches()) {
      throw new IllegalArgumentException("not a kind of records: " + kind);
    }
    return directory.resolve(kind).resolve(key.hex().substring(0, 2)).resolve(key.hex());
  }
}
