package io.slimimage.runtime;

import io.slimimage.SlimImageException;
import io.slimimage.blob.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Names the runtime that a request makes, without linking it. */
final class LinkKey {

  /** Changes whenever the same request makes another runtime than an earlier version did. */
  private static final String FORMAT = "2";

  /** What jlink reads of a JDK; one without {@code jmods} links from its own files. */
  private static final List<String> PARTS =
      List.of("release", "bin", "conf", "jmods", "legal", "lib");

  private LinkKey() {}

  /**
   * Returns a name that differs where the runtime may differ.
   *
   * <p>The JDK is known by the sizes and times of its files. Their 200 MB are not read: that would
   * take longer than all the rest of a build in which nothing has changed.
   *
   * @throws SlimImageException if the JDK cannot be read, or a locale does not exist
   */
  static String of(LinkRequest request) {
    StringBuilder text = new StringBuilder(FORMAT).append('\n');
    text.append(request.modules()).append('\n');
    text.append(new TreeSet<>(request.features())).append('\n');
    text.append(Languages.of(request.locales()).codes()).append('\n');
    text.append(request.form()).append('\n');
    try {
      Path home = request.jdk().home().toRealPath();
      for (String part : PARTS) {
        describe(home, home.resolve(part), text);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new SlimImageException(
          SlimImageException.advise(
              "the JDK [" + request.jdk().home() + "] cannot be read (" + e + ")",
              "check that it is there, with all its files"),
          e);
    }
    return Digest.sha256(text.toString().getBytes(StandardCharsets.UTF_8)).hex();
  }

  private static void describe(Path home, Path part, StringBuilder text) throws IOException {
    if (!Files.exists(part)) {
      return;
    }
    try (Stream<Path> files = Files.walk(part)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        text.append(home.relativize(file));
        text.append(' ').append(Files.size(file));
        text.append(' ').append(Files.getLastModifiedTime(file).toMillis()).append('\n');
      }
    }
  }
}
