package io.slimimage.system;

import io.slimimage.BuildLog;
import io.slimimage.ConfigurationException;
import io.slimimage.SlimImageException;
import io.slimimage.system.BaseSystem.Libc;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Finds before a build what would keep its containers from starting. */
public final class BaseCheck {

  private static final String BASE = "'slimimage.baseImage'";
  private static final String BUILDER = "'slimimage.builder.image'";
  private static final String RUNTIME = "'slimimage.runtime'";

  private BaseCheck() {}

  /**
   * An image that takes part in a build.
   *
   * @param name as the user writes it
   * @param platform what it is for, such as {@code linux/amd64}; empty for {@code scratch}
   * @param env the environment that its containers start with; for a base image, together with what
   *     the project sets
   * @param system what it has
   */
  public record Image(String name, String platform, Map<String, String> env, ImageSystem system) {

    /** No base image at all. */
    public static final Image SCRATCH = new Image("scratch", "", Map.of(), ImageSystem.SCRATCH);

    /** Copies the map. */
    public Image {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(platform, "platform");
      env = Map.copyOf(env);
      Objects.requireNonNull(system, "system");
    }

    private Libc libc() {
      return system.base().libc();
    }
  }

  /**
   * Checks that a runtime that is linked in the builder image can run on the base image.
   *
   * @return what the base image has already
   * @throws ConfigurationException if it cannot
   */
  public static BaseSystem forLinkedRuntime(Image builder, Image base, BuildLog log) {
    checkPlatform(builder, base);
    checkLibc(builder, base);
    base.system()
        .javaOnPath(base.env())
        .ifPresent(
            java ->
                log.info(
                    "Base image ["
                        + base.name()
                        + "] has "
                        + java
                        + " already, which "
                        + RUNTIME
                        + " set to jre would use instead of a second one"));
    return base.system().base();
  }

  private static void checkPlatform(Image builder, Image base) {
    boolean known = !builder.platform().isEmpty() && !base.platform().isEmpty();
    if (known && !builder.platform().equals(base.platform())) {
      throw refused(
          "The builder image ["
              + builder.name()
              + "] is for "
              + builder.platform()
              + " and the base image ["
              + base.name()
              + "] for "
              + base.platform(),
          "pull both for the same platform, or set " + RUNTIME + " to jre");
    }
  }

  private static void checkLibc(Image builder, Image base) {
    if (builder.libc() == Libc.NONE) {
      throw refused(
          "The builder image ["
              + builder.name()
              + "] has neither glibc nor musl where Linux distributions have it, so its JDK's needs"
              + " cannot be told",
          "name another builder image by " + BUILDER + ", or set " + RUNTIME + " to jre");
    }
    if (base.libc() == Libc.NONE && !builder.system().traceable()) {
      throw refused(
          "The builder image ["
              + builder.name()
              + "] has no os-release with a list of packages of dpkg or apk, so nothing tells where"
              + " the system libraries are from that the base image ["
              + base.name()
              + "] lacks",
          "name a builder image of Debian, Ubuntu or Alpine by "
              + BUILDER
              + ", or set "
              + RUNTIME
              + " to jre");
    }
    if (base.libc() != Libc.NONE && base.libc() != builder.libc()) {
      throw refused(
          "The builder image ["
              + builder.name()
              + "] has "
              + name(builder.libc())
              + " and the base image ["
              + base.name()
              + "] "
              + name(base.libc())
              + ", so a runtime from the one cannot run on the other",
          "set "
              + BASE
              + " to scratch or to an image with "
              + name(builder.libc())
              + ", or "
              + BUILDER
              + " to one with "
              + name(base.libc()));
    }
  }

  private static String name(Libc libc) {
    return switch (libc) {
      case GLIBC -> "glibc";
      case MUSL -> "musl";
      case NONE -> "no C library";
    };
  }

  /**
   * Checks that the base image has a Java for the application.
   *
   * @param release the feature release that the application's classes are for
   * @throws ConfigurationException if it has none, or one that is too old
   */
  public static void forInstalledJava(Image base, int release, BuildLog log) {
    JavaProgram java = base.system().javaOnPath(base.env()).orElseThrow(() -> withoutJava(base));
    if (java.release() == 0) {
      log.debug("Base image [" + base.name() + "] does not tell the release of /" + java.path());
    } else if (java.release() < release) {
      throw refused(
          "Base image ["
              + base.name()
              + "] has "
              + java
              + ", and the application's classes are for Java "
              + release,
          "name an image with Java "
              + release
              + " or newer by "
              + BASE
              + ", or compile for Java "
              + java.release());
    }
  }

  private static ConfigurationException withoutJava(Image base) {
    String fact = "Base image [" + base.name() + "] has no Java on its PATH";
    Optional<JavaProgram> home = base.system().javaAtHome(base.env());
    return home.isPresent()
        ? refused(
            fact + ", although its JAVA_HOME has " + home.get(),
            "add [/"
                + home.get().path().replaceFirst("/java$", "")
                + "] to the PATH by 'slimimage.container.env.PATH'")
        : refused(fact, "set " + RUNTIME + " to jlink, or name an image with a JRE by " + BASE);
  }

  private static ConfigurationException refused(String fact, String advice) {
    return new ConfigurationException(SlimImageException.advise(fact, advice));
  }
}
