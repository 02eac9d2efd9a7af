package io.slimimage.layer;

import io.slimimage.SlimImageException;
import io.slimimage.blob.Blob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The project's own files for the image, which are copied to the image's root. */
final class ExtraFiles {

  private static final int EXECUTABLE = 0755;
  private static final int PLAIN = 0644;
  private static final int SHARED = 01777;
  private static final Set<String> SHARED_DIRECTORIES = Set.of("tmp", "var/tmp");

  private final Path root;

  private ExtraFiles(Path root) {
    this.root = root;
  }

  /**
   * Returns everything in the directory but not the directory itself; nothing where there is none.
   *
   * @throws SlimImageException if something in it cannot be in an image or cannot be read
   */
  static List<LayerEntry> in(Path directory) {
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    if (!Files.isDirectory(directory)) {
      throw new SlimImageException(
          SlimImageException.advise(
              "[" + directory + "] is not a directory", "make it one or remove it"));
    }
    return new ExtraFiles(directory).entries();
  }

  private List<LayerEntry> entries() {
    List<LayerEntry> entries = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : (Iterable<Path>) files.filter(path -> !path.equals(root))::iterator) {
        entries.add(entry(file));
      }
      return entries;
    } catch (AccessDeniedException e) {
      throw unreadable(Path.of(e.getFile()), e);
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof AccessDeniedException denied) {
        throw unreadable(Path.of(denied.getFile()), denied);
      }
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private LayerEntry entry(Path file) throws IOException {
    String separator = root.getFileSystem().getSeparator();
    String path = root.relativize(file).toString().replace(separator, "/");
    BasicFileAttributes attributes =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (attributes.isSymbolicLink()) {
      return symlink(path, file);
    }
    if (attributes.isDirectory()) {
      int mode = SHARED_DIRECTORIES.contains(path) ? SHARED : EXECUTABLE;
      return new LayerEntry.Directory(path, mode);
    }
    if (!attributes.isRegularFile()) {
      throw new SlimImageException(
          SlimImageException.advise(
              "[" + file + "] is neither a file nor a directory nor a link", "remove it"));
    }
    if (!Files.isReadable(file)) {
      throw unreadable(file, null);
    }
    return new LayerEntry.File(path, isExecutable(file) ? EXECUTABLE : PLAIN, Blob.of(file));
  }

  /** An absolute target is a path of the image, a relative one must not climb out of it. */
  private LayerEntry symlink(String path, Path link) throws IOException {
    Path target = Files.readSymbolicLink(link);
    if (!target.isAbsolute()) {
      Path resolved = root.relativize(link).resolveSibling(target).normalize();
      if (resolved.startsWith("..")) {
        throw new SlimImageException(
            SlimImageException.advise(
                "The link [" + link + "] leads out of [" + root + "] to [" + target + "]",
                "replace it by a copy of the file"));
      }
    }
    return new LayerEntry.Symlink(path, target.toString());
  }

  /** The owner's bit decides; what the current user may do differs between machines. */
  private static boolean isExecutable(Path file) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return false;
    }
    return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OWNER_EXECUTE);
  }

  private static SlimImageException unreadable(Path file, Exception cause) {
    return new SlimImageException(
        SlimImageException.advise(
            "[" + file + "] cannot be read", "check its permissions with ls -l"),
        cause);
  }
}
