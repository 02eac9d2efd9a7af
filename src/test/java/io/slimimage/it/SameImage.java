package io.slimimage.it;

import io.slimimage.blob.Digest;
import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What two builds by the embedded engine have written, which must be the same to the byte.
 *
 * <p>For {@code verify.groovy}; a check that fails throws {@link AssertionError}.
 */
public final class SameImage {

  private final Path first;
  private final Path second;

  private SameImage(Path first, Path second) {
    this.first = first;
    this.second = second;
  }

  /**
   * Returns what the builds have written.
   *
   * @param first the directory with the outputs of one build, such as {@code target/slimimage}
   * @param second that of the other build
   */
  public static SameImage of(File first, File second) {
    return new SameImage(first.toPath(), second.toPath());
  }

  /**
   * Checks that both have the same {@code image.digest} and {@code image.id}, and that the archive
   * {@code image.tar} and the layout {@code image/} are in both with the same bytes or in none.
   */
  public void isSame() throws IOException {
    String differences =
        Differences.between("parts of the outputs", outputs(first), outputs(second));
    if (!differences.isEmpty()) {
      throw new AssertionError(
          "[%s] (-) and [%s] (+) are not the same:%n%s".formatted(first, second, differences));
    }
  }

  private static SortedMap<String, String> outputs(Path directory) throws IOException {
    SortedMap<String, String> outputs = new TreeMap<>();
    for (String name : List.of("image.digest", "image.id")) {
      outputs.put(name, Digest.parse(Files.readString(directory.resolve(name)).strip()).toString());
    }
    Path archive = directory.resolve("image.tar");
    if (Files.exists(archive)) {
      addArchive(archive, outputs);
    }
    Path layout = directory.resolve("image");
    if (Files.exists(layout)) {
      addFiles(layout, outputs);
    }
    if (outputs.size() == 2) {
      throw new AssertionError("[" + directory + "] has neither an archive nor a layout");
    }
    return outputs;
  }

  /** The parts tell where two archives differ, the digest of the whole that nothing else does. */
  private static void addArchive(Path archive, SortedMap<String, String> outputs)
      throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(archive))) {
      SavedLayer tar = SavedLayer.read(in);
      outputs.put("image.tar", tar.diffId());
      for (SavedEntry part : tar.entries()) {
        outputs.put("image.tar: " + part.path(), part.description() + ", " + part.time());
      }
    }
  }

  private static void addFiles(Path layout, SortedMap<String, String> outputs) throws IOException {
    try (Stream<Path> walk = Files.walk(layout)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        try (InputStream in = Files.newInputStream(file)) {
          outputs.put(
              "image/" + layout.relativize(file),
              "%d bytes, %s".formatted(Files.size(file), Digest.sha256(in)));
        }
      }
    }
  }
}
