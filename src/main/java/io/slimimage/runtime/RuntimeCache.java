package io.slimimage.runtime;

import io.slimimage.layer.DirectoryTree;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Linked runtimes of earlier builds: a directory for each, with the runtime and a list of its
 * files.
 *
 * <p>An entry appears by one renaming when it is complete. Builds that link the same runtime at the
 * same time do not wait for each other: the first to be ready gives it to all.
 */
final class RuntimeCache {

  private static final String RUNTIME = "runtime";
  private static final String FILES = "files.txt";
  private static final String UNFINISHED = "unfinished-";

  private static final Duration KEEP_UNUSED = Duration.ofDays(60);
  private static final Duration KEEP_UNFINISHED = Duration.ofDays(1);
  private static final int ATTEMPTS = 5;

  private final Path directory;

  RuntimeCache(Path directory) {
    this.directory = directory;
  }

  /** Writes the runtime to a directory that does not exist yet, and whose parent does. */
  @FunctionalInterface
  interface Link {
    void to(Path directory) throws IOException;
  }

  /** Returns the runtime if it is there with all its files as they were written. */
  Optional<Path> find(String key) {
    Path entry = directory.resolve(key);
    if (!isSound(entry)) {
      return Optional.empty();
    }
    try {
      Files.setLastModifiedTime(entry.resolve(FILES), FileTime.from(Instant.now()));
    } catch (IOException e) {
      // The cache of somebody else, who alone can prune it.
    }
    return Optional.of(entry.resolve(RUNTIME));
  }

  /** Links a runtime, keeps it, and removes those that were not used for long. */
  Path add(String key, Link link) throws IOException {
    Files.createDirectories(directory);
    Path unfinished = Files.createTempDirectory(directory, UNFINISHED);
    try {
      Path runtime = unfinished.resolve(RUNTIME);
      link.to(runtime);
      Files.writeString(unfinished.resolve(FILES), FileList.seal(runtime));
      publish(unfinished, directory.resolve(key));
    } finally {
      DirectoryTree.delete(unfinished);
    }
    prune();
    return directory.resolve(key).resolve(RUNTIME);
  }

  private void publish(Path unfinished, Path entry) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        Files.move(unfinished, entry, StandardCopyOption.ATOMIC_MOVE);
        return;
      } catch (FileSystemException e) {
        if (isSound(entry)) {
          return;
        }
        if (attempt == ATTEMPTS || !Files.exists(entry)) {
          throw e;
        }
        remove(entry);
      }
    }
  }

  private static boolean isSound(Path entry) {
    try {
      return FileList.isSound(Files.readString(entry.resolve(FILES)), entry.resolve(RUNTIME));
    } catch (IOException e) {
      return false;
    }
  }

  private void prune() throws IOException {
    for (Path entry : entries()) {
      boolean unfinished = entry.getFileName().toString().startsWith(UNFINISHED);
      Path used = unfinished ? entry : entry.resolve(FILES);
      Instant kept = Instant.now().minus(unfinished ? KEEP_UNFINISHED : KEEP_UNUSED);
      try {
        if (Files.getLastModifiedTime(used).toInstant().isBefore(kept)) {
          remove(entry);
        }
      } catch (IOException e) {
        // Another build prunes it, or it belongs to somebody else.
      }
    }
  }

  private List<Path> entries() throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(Files::isDirectory).toList();
    }
  }

  /** Takes an entry away at once, so that nobody finds half of it. */
  private void remove(Path entry) throws IOException {
    Path removed = Files.createTempDirectory(directory, UNFINISHED);
    try {
      Files.move(entry, removed.resolve(RUNTIME), StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      // Another build was faster.
    } finally {
      DirectoryTree.delete(removed);
    }
  }
}
