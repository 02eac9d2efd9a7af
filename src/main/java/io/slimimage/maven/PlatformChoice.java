package io.slimimage.maven;

import io.slimimage.BuildLog;
import io.slimimage.ConfigurationException;
import io.slimimage.SlimImageException;
import io.slimimage.docker.EngineInfo;
import io.slimimage.image.BuiltImage;
import io.slimimage.image.Platform;
import io.slimimage.image.PlatformImages;
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
      Optional<Platform> platform =
          problems.check(() -> Optional.of(parse(text)), Optional.empty());
      if (platform.filter(platforms::contains).isPresent()) {
        problems.add(
            SlimImageException.advise(
                PARAMETER
                    + String.join(",", given.platforms())
                    + "] names "
                    + platform.get()
                    + " twice",
                "remove one of them"));
      } else {
        platform.ifPresent(platforms::add);
      }
    }
    return platforms.isEmpty() ? List.of(host()) : List.copyOf(platforms);
  }

  private static Platform parse(String text) {
    Platform platform;
    try {
      platform = Platform.parse(text);
    } catch (ConfigurationException e) {
      throw new ConfigurationException("'slimimage.platforms': " + e.getMessage());
    }
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

  /**
   * Returns what an engine gets: its own platform's image, or the only one that there is.
   *
   * @throws ConfigurationException if the engine has to get one and there is none for it
   */
  static Optional<BuiltImage> fitting(
      PlatformImages images, EngineInfo engine, OutputChoice.Load load, BuildLog log) {
    if (images.index().isEmpty()) {
      return Optional.of(images.first());
    }
    Optional<BuiltImage> fitting = images.forMachine(engine.platform());
    if (fitting.isEmpty()) {
      String mismatch = engine + " can run none of the images: " + list(images.platforms());
      if (load == OutputChoice.Load.ALWAYS) {
        throw new ConfigurationException(
            SlimImageException.advise(
                mismatch,
                "add "
                    + engine.platform()
                    + " to 'slimimage.platforms', or remove 'slimimage.load'"));
      }
      log.info(mismatch);
    }
    return fitting;
  }

  /** Returns the platforms in words. */
  static String list(List<Platform> platforms) {
    return platforms.stream().map(Platform::toString).collect(Collectors.joining(", "));
  }
}
