package io.slimimage.it;

import io.slimimage.blob.Digest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

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

  /**
   * Reads the layers of an image as {@code docker save} hands it out, uncompressed: {@code
   * <id>/layer.tar} or {@code blobs/sha256/<digest>}.
   *
   * @return the layers by their diff ids
   */
  static Map<String, LayerFiles> read(InputStream archive) throws IOException {
    Map<String, LayerFiles> layers = new HashMap<>();
    TarArchiveInputStream tar = new TarArchiveInputStream(new BufferedInputStream(archive));
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      String name = entry.getName();
      if (entry.isFile() && (name.endsWith("/layer.tar") || name.startsWith("blobs/"))) {
        BufferedInputStream blob = new BufferedInputStream(tar);
        blob.mark(1);
        boolean json = blob.read() == '{';
        blob.reset();
        if (!json) {
          MessageDigest digest = sha256();
          LayerFiles files = ofTar(new DigestInputStream(blob, digest));
          layers.put("sha256:" + HexFormat.of().formatHex(digest.digest()), files);
        }
      }
    }
    return layers;
  }

  private static LayerFiles ofTar(InputStream in) throws IOException {
    SortedMap<String, String> files = new TreeMap<>();
    TarArchiveInputStream tar = new TarArchiveInputStream(in);
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      String name = entry.getName().replaceAll("^\\./|/$", "");
      long time = entry.getLastModifiedTime().toMillis() / 1000;
      if (entry.isSymbolicLink()) {
        files.put(name, link(time, entry.getLinkName()));
      } else if (entry.isDirectory()) {
        files.put(name, describe(entry.getMode(), time, "directory"));
      } else if (entry.isLink()) {
        files.put(name, "hard link to " + entry.getLinkName());
      } else {
        files.put(name, describe(entry.getMode(), time, Digest.sha256(tar).toString()));
      }
    }
    files.remove("");
    // What comes after the end mark is part of the layer's digest.
    in.transferTo(OutputStream.nullOutputStream());
    return new LayerFiles(files);
  }

  private static String describe(int mode, long time, String content) {
    return "%o %d %s".formatted(mode & PERMISSIONS, time, content);
  }

  /** The permissions of a link mean nothing, and not every builder keeps them. */
  private static String link(long time, String target) {
    return "%d -> %s".formatted(time, target);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
