package io.slimimage.maven;

import io.slimimage.SlimImageException;
import io.slimimage.system.SystemFiles;
import java.nio.file.Path;
import java.util.Optional;

/** What this machine means for a runtime that is linked on it, not in a builder stage. */
final class HostRuntime {

  private static final Path SYSTEM = Path.of("/");

  private HostRuntime() {}

  /**
   * Returns what can be made here: a runtime that goes into an image takes this machine's libraries
   * along. Where the user has asked for it nevertheless, that is a mistake.
   */
  static RuntimeChoice check(
      RuntimeChoice choice, Parameters given, JavaRelease java, Problems problems) {
    if (!choice.linked()) {
      return choice;
    }
    Optional<String> reason = SystemFiles.untraceable(SYSTEM);
    if (reason.isEmpty()) {
      return choice;
    }
    String runtime = given.runtime().runtime();
    boolean asked = runtime != null && !runtime.isBlank();
    if (asked) {
      problems.add(
          SlimImageException.advise(
              "'slimimage.runtime' [jlink] cannot be had from this machine: " + reason.get(),
              "set it to jre, or build with a Docker Engine"));
      return choice;
    }
    return RuntimeChoice.jre(
        java, Optional.of("The image gets a whole runtime, since " + reason.get()));
  }

  /** Returns the directory that keeps what later builds can use again. */
  static Path cache(String configured) {
    if (configured != null && !configured.isBlank()) {
      return Path.of(configured.strip()).toAbsolutePath();
    }
    String xdg = System.getenv("XDG_CACHE_HOME");
    // The specification has relative paths ignored.
    Path caches =
        xdg != null && Path.of(xdg).isAbsolute()
            ? Path.of(xdg)
            : Path.of(System.getProperty("user.home"), ".cache");
    return caches.resolve("slimimage");
  }
}
