package io.slimimage.system;

import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
import io.slimimage.blob.FileDigests;
import io.slimimage.layer.LayerEntry;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The files outside of the Java runtime that an image needs besides those of its base. */
public final class SystemFiles {

  private SystemFiles() {}

  /**
   * Returns why the libraries of a system cannot go into an image: it is no Linux, or none of a
   * distribution that tells which package a file belongs to.
   *
   * @param root the root of the system
   * @return the reason in words, as the end of a sentence
   */
  public static Optional<String> untraceable(Path root) {
    HostSystem host = new HostSystem(root);
    Optional<Path> release = OsRelease.find(host).flatMap(host::find);
    if (release.isEmpty()) {
      return Optional.of("no file " + OsRelease.PATH + " tells which Linux this is");
    }
    if (PackageDatabase.of(host).isEmpty()) {
      return Optional.of(
          "the distribution "
              + OsRelease.prettyName(release.get())
              + " has no list of packages of dpkg or apk");
    }
    return Optional.empty();
  }

  /**
   * Collects the files: shared libraries and the dynamic loader, accounts, fonts, the locale, and
   * what tells scanners the packages that all of it is from. The user's home is not among them.
   *
   * @param reads takes note of what is looked at on the host
   * @param log gets warnings about libraries that cannot be found, and at debug level each file and
   *     what needs it
   * @return the entries by their paths; directories only where their modes matter
   * @throws SlimImageException if the runtime itself cannot run with what there is, as with another
   *     C library in the base image
   */
  public static List<LayerEntry> of(SystemRequest request, HostReads reads, BuildLog log) {
    return new SystemCollection(request, reads, log).collect();
  }

  /**
   * Returns a few words that differ where the host is another system, or has other packages: so
   * that what was found on different systems is kept side by side.
   *
   * @param root the root of the system
   * @param jdk the home of the JDK, which may belong to a package
   */
  public static String describe(Path root, Path jdk, FileDigests digests) {
    HostReads reads = new HostReads(digests);
    HostSystem host = new HostSystem(root, reads);
    OsRelease.find(host).ifPresent(host::find);
    PackageDatabase.of(host);
    SystemCollection.libraryOf(jdk, host);
    return reads.toText();
  }
}
