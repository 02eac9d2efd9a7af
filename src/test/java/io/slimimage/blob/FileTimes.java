package io.slimimage.blob;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

/** Times of files in tests. */
final class FileTimes {

  private FileTimes() {}

  /** Waits until what is written from now on gets a later time than the file has. */
  static void awaitTick(Path file) throws IOException {
    Path probe = Files.createTempFile("tick", null);
    try {
      do {
        Files.writeString(probe, "x");
      } while (FileStamp.of(probe).changed() <= FileStamp.of(file).changed()
          && FileStamp.of(probe).modified() <= FileStamp.of(file).modified());
    } finally {
      Files.delete(probe);
    }
  }

  /** Makes a file look as if it was written so long ago. */
  static void age(Path file, Duration age) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
  }

  /** Overwrites a file in place, so that all that shows is the time of the change. */
  static void overwriteUnseen(Path file, byte[] bytes) throws IOException {
    FileTime time = Files.getLastModifiedTime(file);
    awaitTick(file);
    Files.write(file, bytes);
    Files.setLastModifiedTime(file, time);
  }
}
