package io.slimimage.blob;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What tells one state of a file from another without reading it.
 *
 * @param size in bytes
 * @param modified when the bytes were written, in nanoseconds since the epoch; anybody may set it
 * @param changed when bytes or attributes were written, which nobody can set; 0 where the file
 *     system does not tell
 * @param inode which file it is; 0 where the file system does not tell
 */
public record FileStamp(long size, long modified, long changed, long inode) {

  /** The coarsest clock of a file system, that of FAT. */
  private static final Duration CLOCK = Duration.ofSeconds(2);

  /** Returns the stamp of a file, or of what a link leads to. */
  public static FileStamp of(Path file) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      BasicFileAttributes basic = Files.readAttributes(file, BasicFileAttributes.class);
      return new FileStamp(basic.size(), nanos(basic.lastModifiedTime()), 0, 0);
    }
    Map<String, Object> unix = Files.readAttributes(file, "unix:size,lastModifiedTime,ctime,ino");
    return new FileStamp(
        (long) unix.get("size"),
        nanos((FileTime) unix.get("lastModifiedTime")),
        nanos((FileTime) unix.get("ctime")),
        (long) unix.get("ino"));
  }

  /**
   * Returns whether every change after that moment shows in the stamp. A file that was written just
   * before may be written again within the same tick of the file system's clock.
   */
  boolean isSettled(Instant moment) {
    long latest = nanos(FileTime.from(moment.minus(CLOCK)));
    return modified < latest && changed < latest;
  }

  /** Returns the four numbers, separated by blanks. */
  @Override
  public String toString() {
    return size + " " + modified + " " + changed + " " + inode;
  }

  /** Written out, since a record's own makes the first build of a JVM wait for 60 classes. */
  @Override
  public boolean equals(Object other) {
    return other instanceof FileStamp stamp
        && size == stamp.size
        && modified == stamp.modified
        && changed == stamp.changed
        && inode == stamp.inode;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(modified) + Long.hashCode(inode);
  }

  private static long nanos(FileTime time) {
    return time.to(TimeUnit.NANOSECONDS);
  }
}
