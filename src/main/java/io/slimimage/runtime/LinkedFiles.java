package io.slimimage.runtime;

import io.slimimage.blob.Blob;
import io.slimimage.layer.LayerEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of a linked runtime as entries of a layer. */
final class LinkedFiles {

  private static final int EXECUTABLE = 0755;
  private static final int ORDINARY = 0644;

  private LinkedFiles() {}

  /**
   * Returns all files and links but one.
   *
   * @param directory the runtime
   * @param home where it goes in the image, without a slash at either end
   * @param leftOut the path of the file to leave out, relative to the runtime
   */
  static List<LayerEntry> entries(Path directory, String home, String leftOut) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
          .filter(file -> !file.equals(directory.resolve(leftOut)))
          .map(file -> entry(file, home + "/" + directory.relativize(file)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the runtime in " + directory, e);
    }
  }

  private static LayerEntry entry(Path file, String path) {
    try {
      return Files.isSymbolicLink(file)
          ? new LayerEntry.Symlink(path, Files.readSymbolicLink(file).toString())
          : new LayerEntry.File(
              path, Files.isExecutable(file) ? EXECUTABLE : ORDINARY, Blob.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
