package io.slimimage.blob;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

/**
 * When files were last used, as the times of empty files of the same name in a directory of their
 * own. The times of the files themselves stay, since to set one says that the file has changed; and
 * the time of reading is one that many systems do not keep.
 */
final class LastUse {

  /** Uses within this time count as one. */
  static final Duration STEP = Duration.ofMinutes(10);

  private final Path directory;

  LastUse(Path directory) {
    this.directory = directory;
  }

  /** Takes note that a file is used now, as far as the directory can be written. */
  void mark(Path file) {
    Instant now = Instant.now();
    try {
      if (of(file).isAfter(now.minus(STEP))) {
        return;
      }
      Path mark = markOf(file);
      try {
        Files.setLastModifiedTime(mark, FileTime.from(now));
      } catch (NoSuchFileException e) {
        PartialFiles.createDirectory(directory);
        Files.write(mark, new byte[0]);
      }
    } catch (IOException e) {
      // The cache of somebody else, who alone prunes it.
    }
  }

  /** Returns when the file was last used or made. */
  Instant of(Path file) throws IOException {
    Instant made = Files.getLastModifiedTime(file).toInstant();
    try {
      Instant used = Files.getLastModifiedTime(markOf(file)).toInstant();
      return used.isAfter(made) ? used : made;
    } catch (NoSuchFileException e) {
      return made;
    }
  }

  /** Forgets a file that is gone. */
  void forget(Path file) throws IOException {
    Files.deleteIfExists(markOf(file));
  }

  private Path markOf(Path file) {
    return directory.resolve(file.getFileName());
  }
}
