package io.slimimage.system;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.slimimage.BuildLog;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * What was found in images, kept for later builds: a JSON file for each image, whose time is that
 * of its last use. An id names the content, so nothing here is ever out of date; what was not used
 * for 60 days is removed.
 */
public final class ImageSystems {

  /** To be raised when a newer version finds more, or something else, in the same image. */
  private static final int FORMAT = 2;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final Duration KEEP_UNUSED = Duration.ofDays(60);

  private final Path directory;
  private final BuildLog log;

  /**
   * Opens a directory, which need not exist.
   *
   * @param directory where the files are, and nothing else
   */
  public ImageSystems(Path directory, BuildLog log) {
    this.directory = directory;
    this.log = log;
  }

  /**
   * Returns what an image has, from an earlier build if there was one.
   *
   * @param id the image's full id, {@code sha256:…}
   * @param reader looks into the image
   */
  public ImageSystem find(String id, Supplier<ImageSystem> reader) {
    Path file = directory.resolve(id.replace(':', '-') + "." + FORMAT + ".json");
    ImageSystem kept = read(file);
    if (kept != null) {
      markUsed(file);
      return kept;
    }
    ImageSystem found = reader.get();
    try {
      write(found, file);
      prune();
    } catch (IOException e) {
      log.debug("[" + file + "] cannot be written, so the next build looks again: " + e);
    }
    return found;
  }

  /** Returns null where there is nothing, or nothing that can be read. */
  private ImageSystem read(Path file) {
    if (!Files.exists(file)) {
      return null;
    }
    try {
      return JSON.readValue(file.toFile(), ImageSystem.class);
    } catch (IOException e) {
      log.debug("[" + file + "] is made anew, since it cannot be read: " + e.getMessage());
      return null;
    }
  }

  /** Beside its place first, so that a build at the same time sees all of it or nothing. */
  private void write(ImageSystem system, Path file) throws IOException {
    Files.createDirectories(directory);
    Path beside = Files.createTempFile(directory, file.getFileName().toString(), ".part");
    try {
      JSON.writeValue(beside.toFile(), system);
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  private static void markUsed(Path file) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    } catch (IOException e) {
      // The cache of somebody else, who alone can prune it.
    }
  }

  private void prune() throws IOException {
    Instant kept = Instant.now().minus(KEEP_UNUSED);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.{json,part}")) {
      for (Path file : files) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(kept)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (NoSuchFileException | DirectoryIteratorException e) {
      // Another build prunes it.
    }
  }
}
