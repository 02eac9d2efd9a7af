package io.slimimage.maven;

import io.slimimage.ConfigurationException;
import io.slimimage.SlimImageException;
import io.slimimage.base.BaseReference;
import io.slimimage.image.ImageReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which Java runtime the image gets, and what the layers are laid on.
 *
 * @param linked whether a runtime is linked from the JDK, or else the base image has one
 * @param baseImage {@code scratch} or where an image is, as the user writes it
 * @param reason why it is not the runtime that most applications get; empty where it is, or where
 *     the user has chosen
 */
record RuntimeChoice(boolean linked, String baseImage, Optional<String> reason) {

  /** The base without anything, which every engine knows. */
  static final String SCRATCH = "scratch";

  static final String JLINK = "jlink";
  static final String JRE = "jre";

  /** Decides, and collects what of the parameters does not fit together. */
  static RuntimeChoice of(RuntimeParameters given, JavaRelease java, Problems problems) {
    String runtime = text(given.runtime());
    String base = text(given.baseImage());
    if (!List.of("", JLINK, JRE).contains(runtime)) {
      problems.add("runtime", runtime, "one of jlink, jre", "choose one of them");
      return jre(java, Optional.empty());
    }
    boolean ownBase = !base.isEmpty() && !base.equals(SCRATCH);
    boolean old = java.level() < JavaRelease.OLDEST_BUILDER;
    boolean linked = runtime.isEmpty() ? !ownBase && !old : runtime.equals(JLINK);
    if (!linked) {
      refuse("modules", given.modules().only(), problems);
      refuse("modules.add", given.modules().add(), problems);
      refuse("modules.exclude", given.modules().exclude(), problems);
      refuse("locales", given.locales(), problems);
      refuse("caCertificates", given.caCertificates(), problems);
    }
    if (!ownBase) {
      return linked
          ? new RuntimeChoice(true, SCRATCH, Optional.empty())
          : onJre(java, base, problems);
    }
    return new RuntimeChoice(linked, base, Optional.empty());
  }

  /** Returns the choice for a machine whose own runtime cannot go into an image. */
  static RuntimeChoice jre(JavaRelease java, Optional<String> reason) {
    return new RuntimeChoice(false, "eclipse-temurin:" + java.runtime() + "-jre", reason);
  }

  /**
   * Returns the choice for a build by a Docker Engine, which has its images by their names. They
   * get their tags, so that no image is taken for a stage of the same name.
   */
  RuntimeChoice forEngine(Path directory, Problems problems) {
    if (onScratch()) {
      return this;
    }
    String name =
        problems.check(
            () -> engineName(BaseReference.parse(baseImage, directory)).familiar(), SCRATCH);
    return new RuntimeChoice(linked, name, reason);
  }

  private ImageReference engineName(BaseReference reference) {
    if (reference instanceof BaseReference.Registry registry) {
      return registry.image();
    }
    if (reference instanceof BaseReference.Engine engine) {
      return engine.image();
    }
    throw new ConfigurationException(
        SlimImageException.advise(
            "'slimimage.baseImage' [" + baseImage + "] is none that a Docker Engine can start from",
            "load it and name the image, or set 'slimimage.engine' to embedded"));
  }

  /** Returns whether the layers are laid on nothing. */
  boolean onScratch() {
    return baseImage.equals(SCRATCH);
  }

  private static RuntimeChoice onJre(JavaRelease java, String base, Problems problems) {
    RuntimeChoice fallback =
        jre(
            java,
            java.level() < JavaRelease.OLDEST_BUILDER
                ? Optional.of(
                    "The application is for Java "
                        + java.level()
                        + ", so its image gets a whole runtime of that release: from "
                        + JavaRelease.OLDEST_BUILDER
                        + " on it gets a trimmed one")
                : Optional.empty());
    if (base.equals(SCRATCH)) {
      problems.add(
          "baseImage",
          base,
          "an image with a Java runtime, since none is linked",
          "name one such as " + fallback.baseImage() + ", or set 'slimimage.runtime' to jlink");
    }
    return fallback;
  }

  private static void refuse(String parameter, List<String> value, Problems problems) {
    if (!value.isEmpty()) {
      problems.add(
          SlimImageException.advise(
              "'"
                  + ParameterReader.PREFIX
                  + parameter
                  + "' ["
                  + String.join(", ", value)
                  + "] says what to link, but the runtime is the base image's",
              "remove it, or set 'slimimage.runtime' to jlink"));
    }
  }

  private static String text(String value) {
    return value == null ? "" : value.strip();
  }
}
