package io.slimimage.system;

import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
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
   * @param log gets warnings about libraries that cannot be found, and at debug level each file and
   *     what needs it
   * @return the entries by their paths; directories only where their modes matter
   * @throws SlimImageException if the runtime itself cannot run with what there is, as with another
   *     C library in the base image
   */
  public static List<LayerEntry> of(SystemRequest request, BuildLog log) {
    return new SystemCollection(request, log).collect();
  }
}
