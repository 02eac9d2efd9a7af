package io.slimimage.layer;

import io.slimimage.application.PackagedJar;
import io.slimimage.blob.Blob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

/**
 * The application's own classes and resources as a jar that names its libraries, the same bytes for
 * the same contents: sorted, stored, with one time and nothing in it that tells of the build.
 */
public final class ThinJar {

  private ThinJar() {}

  /**
   * Returns the jar, which reads the packaged jar when it is read itself.
   *
   * @param jar what Maven has packaged
   * @param mainClass the class to start
   * @param libraries paths of the libraries relative to the thin jar, in class path order
   * @param time the time of all entries; it shows in UTC, not before 1980
   */
  public static Blob of(PackagedJar jar, String mainClass, List<String> libraries, Instant time) {
    byte[] manifest = ThinManifest.bytes(jar.manifest(), mainClass, libraries);
    try {
      return ReproducibleJar.of(manifest, jar.entries(), time);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + jar.file(), e);
    }
  }
}
