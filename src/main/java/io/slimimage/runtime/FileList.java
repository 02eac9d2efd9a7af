package io.slimimage.runtime;

import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What tells that the files of a directory are still those that were written: of each the path, the
 * permissions, the size and the content.
 *
 * <p>All files get one early time when they are written. Of one that has it still, no more is
 * looked at: to read them all would find nothing but damage of the disk itself. One that has
 * another, since it was copied or came out of an archive, is read, and given that time again.
 */
final class FileList {

  /** A time that every file system and archive can hold. */
  private static final FileTime TIME = FileTime.from(Instant.parse("1980-02-01T00:00:00Z"));

  private static final String LINK = "-> ";

  private final Path directory;

  private FileList(Path directory) {
    this.directory = directory;
  }

  /** Describes the files, each on a line, and gives them the time. */
  static String seal(Path directory) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (Map.Entry<String, BasicFileAttributes> file : files(directory).entrySet()) {
      Path path = directory.resolve(file.getKey());
      lines.append(file.getKey()).append('\t');
      if (file.getValue().isSymbolicLink()) {
        lines.append(LINK).append(Files.readSymbolicLink(path));
      } else {
        lines
            .append(state(Files.readAttributes(path, PosixFileAttributes.class)))
            .append('\t')
            .append(content(path));
        Files.setLastModifiedTime(path, TIME);
      }
      lines.append('\n');
    }
    return lines.toString();
  }

  /**
   * Returns whether the files of a directory are those that were described. Their permissions and
   * times may have been lost on the way through an archive: they are set again.
   */
  static boolean isSound(String lines, Path directory) throws IOException {
    SortedMap<String, BasicFileAttributes> files = files(directory);
    FileList list = new FileList(directory);
    for (String line : lines.split("\n")) {
      String[] fields = line.split("\t");
      if (fields.length < 2
          || files.remove(fields[0]) == null
          || !(fields[1].startsWith(LINK) ? list.isLink(fields) : list.isFile(fields))) {
        return false;
      }
    }
    return files.isEmpty();
  }

  private boolean isLink(String[] fields) throws IOException {
    Path link = directory.resolve(fields[0]);
    return Files.isSymbolicLink(link) && fields[1].equals(LINK + Files.readSymbolicLink(link));
  }

  private boolean isFile(String[] fields) throws IOException {
    Path file = directory.resolve(fields[0]);
    PosixFileAttributes now =
        Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!now.isRegularFile() || fields.length < 3) {
      return false;
    }
    boolean sameState = state(now).equals(fields[1]);
    if (sameState && now.lastModifiedTime().toMillis() == TIME.toMillis()) {
      return true;
    }
    if (!content(file).equals(fields[2])) {
      return false;
    }
    if (!sameState) {
      String permissions = fields[1].split(" ")[0];
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
    try {
      Files.setLastModifiedTime(file, TIME);
    } catch (IOException e) {
      // The cache of somebody else: the file is read each time.
    }
    return true;
  }

  private static String state(PosixFileAttributes attributes) {
    return PosixFilePermissions.toString(attributes.permissions()) + " " + attributes.size();
  }

  private static String content(Path file) throws IOException {
    return Digest.sha256(Blob.of(file)).hex();
  }

  /** Returns all but directories by their paths. */
  private static SortedMap<String, BasicFileAttributes> files(Path directory) throws IOException {
    SortedMap<String, BasicFileAttributes> files = new TreeMap<>();
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            files.put(directory.relativize(file).toString(), attributes);
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }
}
