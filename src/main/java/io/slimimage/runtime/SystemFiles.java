package io.slimimage.runtime;

import io.slimimage.BuildLog;
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
   * @param host the root of the system
   */
  public static Optional<String> untraceable(Path host) {
    throw new UnsupportedOperationException();
  }

  /**
   * Collects the files.
   *
   * @param log gets warnings about libraries that cannot be found, and at debug level each file and
   *     what needs it
   * @throws io.slimimage.SlimImageException if the runtime itself cannot run with what there is, as
   *     with another C library in the base image
   */
  public static List<LayerEntry> of(SystemRequest request, BuildLog log) {
    throw new UnsupportedOperationException();
  }
}
