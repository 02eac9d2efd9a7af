package io.slimimage.system;

import io.slimimage.blob.Blob;
import io.slimimage.layer.LayerEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Objects;

/**
 * A file of the system that goes into an image.
 *
 * @param path where it goes, without a slash in front
 * @param source its path on the host, without links in it
 * @param file where this process reads it
 * @param neededBy what needs it, for the log
 */
record SystemFile(String path, String source, Path file, String neededBy) {

  private static final int EXECUTABLE = 0755;
  private static final int PLAIN = 0644;

  SystemFile {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(neededBy, "neededBy");
  }

  /** Returns the entry of a layer, of whose mode only the owner's right to execute is kept. */
  LayerEntry entry() {
    return new LayerEntry.File(path, isExecutable() ? EXECUTABLE : PLAIN, Blob.of(file));
  }

  private boolean isExecutable() {
    try {
      return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_EXECUTE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
