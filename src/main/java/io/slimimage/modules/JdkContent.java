package io.slimimage.modules;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

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
   * which nothing has changed, so it is kept for as long as all files keep path, size and time.
   *
   * @param memo the directory that keeps digests; need not exist
   * @throws SlimImageException if a file cannot be read
   */
  public static Digest digest(Jdk jdk, Path memo, BuildLog log) {
    try {
      SortedMap<String, Path> files = files(jdk);
      ScanCache cache = new ScanCache(memo, log);
      String key = "content-" + stamp(jdk, files).hex();
      String known = cache.read(key, String.class).orElse(null);
      if (known != null) {
        return Digest.parse(known);
      }
      Digest digest = read(files);
      cache.write(key, digest.toString());
      return digest;
    } catch (IOException | UncheckedIOException e) {
      throw new SlimImageException(
          SlimImageException.advise(
              "the JDK [" + jdk.home() + "] cannot be read (" + e.getMessage() + ")",
              "check that it is there, with all its files"),
          e);
    }
  }

  private static SortedMap<String, Path> files(Jdk jdk) throws IOException {
    Path home = jdk.home().toRealPath();
    SortedMap<String, Path> files = new TreeMap<>();
    for (String part : jdk.hasJmods() ? WITH_JMODS : WITHOUT_JMODS) {
      if (Files.exists(home.resolve(part))) {
        try (Stream<Path> all = Files.walk(home.resolve(part))) {
          all.filter(Files::isRegularFile)
              .forEach(file -> files.put(home.relativize(file).toString(), file));
        }
      }
    }
    files.keySet().removeIf(JdkContent::isNeverLinked);
    return files;
  }

  /** Sources, and archives that a machine may generate for itself. */
  private static boolean isNeverLinked(String path) {
    return path.equals("lib/src.zip") || path.endsWith(".jsa");
  }

  private static Digest stamp(Jdk jdk, SortedMap<String, Path> files) throws IOException {
    StringBuilder text = new StringBuilder(FORMAT);
    // Some systems give all files the same time.
    text.append(new TreeMap<>(jdk.release())).append('\n');
    for (Path file : files.values()) {
      text.append(file).append(' ').append(Files.size(file)).append(' ');
      text.append(Files.getLastModifiedTime(file)).append('\n');
    }
    return Digest.sha256(text.toString().getBytes(UTF_8));
  }

  private static Digest read(SortedMap<String, Path> files) throws IOException {
    StringBuilder text = new StringBuilder(FORMAT).append('\n');
    for (String path : files.keySet()) {
      text.append(path).append(' ');
      text.append(path.equals(TRUST_STORE) ? "" : Digest.sha256(Blob.of(files.get(path))));
      text.append('\n');
    }
    return Digest.sha256(text.toString().getBytes(UTF_8));
  }
}
