package io.slimimage.modules;

import io.slimimage.SlimImageException;
import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import io.slimimage.blob.Records;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Knows a JDK by the content of what {@code jlink} reads of it, so that it counts as the same
 * wherever and whenever it was installed.
 */
public final class JdkContent {

  /** Goes up with each change of what is read. */
  private static final String FORMAT = "1";

  /** What a JDK with modules as files links: them alone, by the tool in its own classes. */
  private static final List<String> WITH_JMODS = List.of("release", "jmods", "lib/modules");

  /** What a JDK without them links: itself. */
  private static final List<String> WITHOUT_JMODS =
      List.of("release", "bin", "conf", "legal", "lib");

  /** Often a link to the machine's own, which an image does not get from {@code jlink}. */
  private static final String TRUST_STORE = "lib/security/cacerts";

  private JdkContent() {}

  /**
   * Returns the digest of a JDK. To read its 200 MB takes longer than all the rest of a build in
   * which nothing has changed, so it is kept for as long as all files keep path, size and time. On
   * another machine, too, those are most often the ones of the archive that the JDK came in.
   *
   * @param records keeps digests
   * @throws SlimImageException if a file cannot be read
   */
  public static Digest digest(Jdk jdk, Records records) {
    try {
      Path home = jdk.home().toRealPath();
      SortedMap<String, BasicFileAttributes> files = files(jdk, home);
      Digest key = stamp(jdk, home, files);
      Optional<String> known = records.find("jdk", key);
      if (known.isPresent()) {
        return Digest.parse(known.get());
      }
      Digest digest = read(home, files.keySet());
      records.put("jdk", key, digest.toString());
      return digest;
    } catch (IOException | UncheckedIOException e) {
      throw new SlimImageException(
          SlimImageException.advise(
              "the JDK [" + jdk.home() + "] cannot be read (" + e.getMessage() + ")",
              "check that it is there, with all its files"),
          e);
    }
  }

  /** Returns the files by their paths in the JDK; links count as what they lead to. */
  private static SortedMap<String, BasicFileAttributes> files(Jdk jdk, Path home)
      throws IOException {
    SortedMap<String, BasicFileAttributes> files = new TreeMap<>();
    for (String part : jdk.hasJmods() ? WITH_JMODS : WITHOUT_JMODS) {
      if (Files.exists(home.resolve(part))) {
        Files.walkFileTree(
            home.resolve(part),
            EnumSet.of(FileVisitOption.FOLLOW_LINKS),
            Integer.MAX_VALUE,
            new SimpleFileVisitor<>() {
              @Override
              public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String path = home.relativize(file).toString();
                if (attributes.isRegularFile() && !isNeverLinked(path)) {
                  files.put(path, attributes);
                }
                return FileVisitResult.CONTINUE;
              }
            });
      }
    }
    return files;
  }

  /** Sources, and archives that a machine may generate for itself. */
  private static boolean isNeverLinked(String path) {
    return path.equals("lib/src.zip") || path.endsWith(".jsa");
  }

  private static Digest stamp(Jdk jdk, Path home, SortedMap<String, BasicFileAttributes> files) {
    StringBuilder text = new StringBuilder(FORMAT).append(' ').append(home).append(' ');
    // Some systems give all files the same time.
    text.append(new TreeMap<>(jdk.release())).append('\n');
    files.forEach(
        (path, attributes) -> {
          text.append(path).append(' ').append(attributes.size()).append(' ');
          text.append(attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS)).append('\n');
        });
    return Digest.sha256(text.toString());
  }

  private static Digest read(Path home, Set<String> files) throws IOException {
    StringBuilder text = new StringBuilder(FORMAT).append('\n');
    for (String path : files) {
      text.append(path).append(' ');
      text.append(path.equals(TRUST_STORE) ? "" : Digest.sha256(Blob.of(home.resolve(path))));
      text.append('\n');
    }
    return Digest.sha256(text.toString());
  }
}
