package io.slimimage.maven;

import io.slimimage.ConfigurationException;
import io.slimimage.SlimImageException;
import io.slimimage.docker.EngineInfo;
import io.slimimage.image.Platform;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which platforms the image is for. */
final class PlatformChoice {

  private static final String PARAMETER = "'slimimage.platforms' [";

  private PlatformChoice() {}

  /** Returns what this machine makes images for by itself. */
  static Platform host() {
    return new Platform("linux", System.getProperty("os.arch"), "");
  }

  /** Returns the platforms in the order in which they were given, by default this machine's. */
  static List<Platform> of(RuntimeParameters given, Problems problems) {
    List<Platform> platforms = new ArrayList<>();
    for (String text : given.platforms()) {
      Platform platform = problems.check(() -> parse(text), host());
      if (platforms.contains(platform)) {
        problems.add(
            SlimImageException.advise(
                PARAMETER + String.join(",", given.platforms()) + "] names " + platform + " twice",
                "remove one of them"));
      } else {
        platforms.add(platform);
      }
    }
    return platforms.isEmpty() ? List.of(host()) : List.copyOf(platforms);
  }

  private static Platform parse(String text) {
    Platform platform = Platform.parse(text);
    if (!platform.os().equals("linux")) {
      throw new ConfigurationException(
          SlimImageException.advise(
              PARAMETER + text + "] is not for Linux, and these images are",
              "name a platform such as linux/arm64"));
    }
    return platform;
  }

  /**
   * Returns the runtime that images for these platforms can have: one that is linked is for this
   * machine. Where the user has asked for it nevertheless, that is a mistake.
   */
  static RuntimeChoice check(
      RuntimeChoice choice,
      List<Platform> platforms,
      Parameters given,
      JavaRelease java,
      Problems problems) {
    if (!choice.linked() || platforms.equals(List.of(host()))) {
      return choice;
    }
    String reason = "a runtime can be linked for " + host() + " alone, which this machine is";
    if (given.runtime().asksForLinked()) {
      problems.add(
          SlimImageException.advise(
              PARAMETER + list(platforms) + "] does not go with a linked runtime: " + reason,
              "set 'slimimage.runtime' to jre, and remove what says what to link"));
      return choice;
    }
    return RuntimeChoice.jre(
        java,
        Optional.of(
            "The image gets a whole runtime, since it is for "
                + list(platforms)
                + ", and "
                + reason));
  }

  /**
   * Refuses platforms that a Docker Engine does not build for.
   *
   * @throws ConfigurationException if there is one
   */
  static void check(RuntimeParameters given, EngineInfo engine) {
    Problems problems = new Problems();
    List<Platform> platforms = of(given, problems);
    problems.throwIfAny();
    if (!given.platforms().isEmpty() && !platforms.equals(List.of(engine.platform()))) {
      throw new ConfigurationException(
          SlimImageException.advise(
              PARAMETER
                  + list(platforms)
                  + "] cannot be built by "
                  + engine
                  + ", only "
                  + engine.platform(),
              "set 'slimimage.engine' to embedded and 'slimimage.runtime' to jre"));
    }
  }

  /** Returns the platforms in words. */
  static String list(List<Platform> platforms) {
    return platforms.stream().map(Platform::toString).collect(Collectors.joining(", "));
  }
}
