package io.slimimage.it;

import io.slimimage.blob.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a layer holds.
 *
 * @param files for each path, without a slash in front or behind: the permissions in octal, the
 *     time in seconds, and {@code directory}, the digest of a file or the target of a link
 */
record LayerFiles(SortedMap<String, String> files) {

  private static final int PERMISSIONS = 07777;

  /** Reads a directory with a layer's files. */
  static LayerFiles ofDirectory(Path directory) throws IOException {
    SortedMap<String, String> files = new TreeMap<>();
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(directory)) {
      paths = walk.filter(path -> !path.equals(directory)).toList();
    }
    for (Path path : paths) {
      int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
      long time = Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toMillis() / 1000;
      String name = directory.relativize(path).toString();
      if (Files.isSymbolicLink(path)) {
        files.put(name, link(time, Files.readSymbolicLink(path).toString()));
      } else if (Files.isDirectory(path)) {
        files.put(name, describe(mode, time, "directory"));
      } else {
        try (InputStream in = Files.newInputStream(path)) {
          files.put(name, describe(mode, time, Digest.sha256(in).toString()));
        }
      }
    }
    return new LayerFiles(files);
  }

  /** Returns what a layer of an image holds. */
  static LayerFiles of(SavedLayer layer) {
    SortedMap<String, String> files = new TreeMap<>();
    for (SavedEntry entry : layer.entries()) {
      long time = entry.time().getEpochSecond();
      String content = entry.content().value();
      files.put(
          entry.path(),
          switch (entry.type()) {
            case FILE -> describe(entry.access().mode(), time, content);
            case DIRECTORY -> describe(entry.access().mode(), time, "directory");
            case SYMBOLIC_LINK -> link(time, content);
            case HARD_LINK, CHARACTER_DEVICE, BLOCK_DEVICE, FIFO -> entry.description();
          });
    }
    return new LayerFiles(files);
  }

  private static String describe(int mode, long time, String content) {
    return "%o %d %s".formatted(mode & PERMISSIONS, time, content);
  }

  /** The permissions of a link mean nothing, and not every builder keeps them. */
  private static String link(long time, String target) {
    return "%d -> %s".formatted(time, target);
  }
}
