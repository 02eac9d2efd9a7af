package io.slimimage.layer;

import io.slimimage.application.PackagedJar;
import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import java.time.Instant;
import java.util.List;

/**
 * The application's own classes and resources as a jar that names its libraries, the same bytes for
 * the same contents: sorted, stored, with one time and nothing in it that tells of the build.
 */
public final class ThinJar {

  /** Goes up with each change of the bytes that are made of the same jar. */
  private static final String FORMAT = "thin-jar 1 ";

  private ThinJar() {}

  /**
   * Returns the jar, which reads the packaged jar when its bytes or its size are first wanted.
   *
   * @param jar what Maven has packaged
   * @param mainClass the class to start
   * @param libraries paths of the libraries relative to the thin jar, in class path order
   * @param time the time of all entries; it shows in UTC, not before 1980
   */
  public static Blob of(PackagedJar jar, String mainClass, List<String> libraries, Instant time) {
    byte[] manifest = ThinManifest.bytes(jar.manifest(), mainClass, libraries);
    return new MadeJar(
        jar.file().toString(),
        () -> ReproducibleJar.of(manifest, jar.entries(), time),
        // The digest of its own bytes: Maven packages the same classes with other times each time.
        (digests, thin) ->
            digests.derived(
                jar.file(),
                FORMAT + time.getEpochSecond() + " " + Digest.sha256(manifest),
                () -> Digest.sha256(thin)));
  }
}
