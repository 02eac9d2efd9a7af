package io.slimimage.runtime;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What tells that the files of a directory are still those that were written: path, permissions,
 * size and time of each. Reading them all would find no more but damage of the disk itself.
 */
final class FileList {

  /** An early time that every file system and archive can hold. */
  private static final FileTime TIME = FileTime.from(Instant.parse("1980-02-01T00:00:00Z"));

  private FileList() {}

  /** Gives all files the same time, so that a later change shows. */
  static void seal(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile()) {
              Files.setLastModifiedTime(file, TIME);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Describes the files, each on a line. */
  static String of(Path directory) throws IOException {
    SortedSet<String> lines = new TreeSet<>();
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            lines.add(directory.relativize(file) + describe(file, attributes));
            return FileVisitResult.CONTINUE;
          }
        });
    return String.join("\n", lines);
  }

  private static String describe(Path file, BasicFileAttributes attributes) throws IOException {
    if (attributes.isSymbolicLink()) {
      return " -> " + Files.readSymbolicLink(file);
    }
    PosixFileAttributes posix = Files.readAttributes(file, PosixFileAttributes.class);
    return " "
        + PosixFilePermissions.toString(posix.permissions())
        + " "
        + posix.size()
        + " "
        + posix.lastModifiedTime().toMillis();
  }
}
