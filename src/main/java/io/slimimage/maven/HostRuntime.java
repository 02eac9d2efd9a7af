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
        java,
        Optional.of(
            "The image gets a whole runtime, since nothing tells where this machine's system"
                + " libraries are from: "
                + reason.get()));
  }

  /** Returns the directory that keeps what later builds can use again. */
  static Path cache(String configured) {
    if (configured != null && !configured.isBlank()) {
      return Path.of(configured.strip()).toAbsolutePath();
    }
    return cache(
        System.getenv("XDG_CACHE_HOME"), System.getProperty("user.home"), System.getenv("HOME"));
  }

  /**
   * Returns the directory where none is configured.
   *
   * @param xdg relative ones are to be ignored, says the specification of desktops
   * @param javaHome the home that Java found, {@code ?} for a user without an account
   * @param home the home in the environment
   */
  static Path cache(String xdg, String javaHome, String home) {
    return absolute(xdg)
        .or(() -> absolute(javaHome).or(() -> absolute(home)).map(dir -> dir.resolve(".cache")))
        .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")))
        .resolve("slimimage");
  }

  private static Optional<Path> absolute(String path) {
    return Optional.ofNullable(path).map(Path::of).filter(Path::isAbsolute);
  }
}
