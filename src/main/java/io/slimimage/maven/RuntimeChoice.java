package io.slimimage.maven;

import io.slimimage.SlimImageException;
import io.slimimage.image.ImageReference;
import java.util.List;
import java.util.Optional;

/**
 * Which Java runtime the image gets, and what the layers are laid on.
 *
 * @param linked whether a runtime is linked from the JDK, or else the base image has one
 * @param baseImage {@code scratch} or the name of an image, with its tag
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
    // With its tag, so that no image is taken for a stage of the same name.
    String name =
        problems.check(
            () -> ImageReference.parse("'slimimage.baseImage'", base).familiar(), SCRATCH);
    return new RuntimeChoice(linked, name, Optional.empty());
  }

  /** Returns the choice for a machine whose own runtime cannot go into an image. */
  static RuntimeChoice jre(JavaRelease java, Optional<String> reason) {
    return new RuntimeChoice(false, "eclipse-temurin:" + java.runtime() + "-jre", reason);
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
