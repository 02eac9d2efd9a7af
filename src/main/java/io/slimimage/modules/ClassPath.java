package io.slimimage.modules;

import io.slimimage.blob.Digest;
import io.slimimage.blob.FileDigests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/**
 * A class path whose jars are known by their content.
 *
 * @param jars in their order
 */
public record ClassPath(List<Jar> jars) {

  /** Copies the list. */
  public ClassPath {
    jars = List.copyOf(jars);
  }

  /**
   * A jar and what stands for its content.
   *
   * @param jar the jar
   * @param key the same for the same bytes
   */
  public record Jar(ScannedJar jar, Digest key) {
    /** Checks that nothing is null. */
    public Jar {
      Objects.requireNonNull(jar, "jar");
      Objects.requireNonNull(key, "key");
    }
  }

  /**
   * Finds out what stands for the content of jars.
   *
   * @param digests knows those of files that did not change
   */
  public static ClassPath of(List<ScannedJar> jars, FileDigests digests) {
    return new ClassPath(SideBySide.map(jars, jar -> new Jar(jar, key(jar, digests))));
  }

  private static Digest key(ScannedJar jar, FileDigests digests) {
    try {
      return jar.content().key(digests);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + jar.name(), e);
    }
  }

  /** Returns the jars alone. */
  List<ScannedJar> scanned() {
    return jars.stream().map(Jar::jar).toList();
  }
}
