package io.slimimage.runtime;

import io.slimimage.elf.ElfStripper;
import io.slimimage.elf.UnwindIndex;
import io.slimimage.modules.RuntimeFeature;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Makes a linked runtime smaller, and the same wherever it was linked. */
final class RuntimeTrim {

  private static final Set<PosixFilePermission> EXECUTABLE =
      PosixFilePermissions.fromString("rwxr-xr-x");
  private static final Set<PosixFilePermission> PLAIN =
      PosixFilePermissions.fromString("rw-r--r--");

  private RuntimeTrim() {}

  /**
   * Removes native code that nothing needs, strips the rest, and gives all files the permissions
   * that they have wherever {@code umask} is 022.
   */
  static void trim(Path runtime, Set<RuntimeFeature> features) throws IOException {
    for (String library : NativeParts.without(features)) {
      Files.deleteIfExists(runtime.resolve("lib").resolve(library));
    }
    Files.walkFileTree(
        runtime,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            Files.setPosixFilePermissions(directory, EXECUTABLE);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile()) {
              ElfStripper.strip(file);
              UnwindIndex.clear(file);
              boolean executable =
                  Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_EXECUTE);
              Files.setPosixFilePermissions(file, executable ? EXECUTABLE : PLAIN);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
