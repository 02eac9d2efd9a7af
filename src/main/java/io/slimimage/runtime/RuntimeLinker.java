package io.slimimage.runtime;

import io.slimimage.BuildLog;
import java.nio.file.Path;

/** Links runtimes with {@code jlink} and keeps them for later builds. */
public final class RuntimeLinker {

  private RuntimeLinker() {}

  /**
   * Links a runtime, or returns the one that an earlier build has linked from the same JDK.
   *
   * @param request which runtime
   * @param cache the directory that keeps linked runtimes; need not exist
   * @return the directory of the runtime, which has {@code bin/java}; nobody may change it
   * @throws io.slimimage.SlimImageException if {@code jlink} is missing or fails
   */
  public static Path link(LinkRequest request, Path cache, BuildLog log) {
    throw new UnsupportedOperationException();
  }
}
