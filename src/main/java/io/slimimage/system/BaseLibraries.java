package io.slimimage.system;

import io.slimimage.SlimImageException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the C library of a base image means for a Java runtime.
 *
 * @param base what the base image has
 * @param target what the runtime is made for
 */
record BaseLibraries(BaseSystem base, Target target) {

  private static final String LIBC = "libc.so.6";
  private static final String VERSION = "GLIBC_";

  /** What libraries of the GNU C library need of each other, which is only made for one build. */
  private static final String PRIVATE = "GLIBC_PRIVATE";

  private static final Pattern NUMBERS = Pattern.compile("[0-9]+(?:\\.[0-9]+)*");

  /** Returns whether the image's programs run with a C library of the base image. */
  boolean hasLibc() {
    return base.libc() != BaseSystem.Libc.NONE;
  }

  boolean hasLoader() {
    return hasLibc();
  }

  /** Returns whether the base image's loader finds a library. */
  boolean has(String library) {
    return hasLibc()
        && LoaderDirectories.candidates(target).stream()
            .anyMatch(directory -> base.has(directory.substring(1) + "/" + library));
  }

  /** Returns where a library goes that the base image lacks. */
  String directoryFor(String directoryOnHost) {
    if (!hasLibc()) {
      return directoryOnHost;
    }
    String libc = base.realPath(libc().orElse(target.interpreter().substring(1)));
    return "/" + libc.substring(0, Math.max(0, libc.lastIndexOf('/')));
  }

  /** Checks that the runtime can start with the base image's C library. */
  void check() {
    if (!hasLibc()) {
      return;
    }
    if (base.libc() != target.libc()) {
      throw new SlimImageException(
          SlimImageException.advise(
              "The Java runtime needs "
                  + NativePlatforms.systemOf(target)
                  + ", but the base image"
                  + base.nameInMessages()
                  + " has "
                  + (target.isGlibc() ? "musl" : "the GNU C library"),
              "use another slimimage.baseImage, or build with a JDK made for that one"));
    }
    String loader = target.interpreter().substring(1);
    if (!base.has(loader) || target.isGlibc() && libc().isEmpty()) {
      throw new SlimImageException(
          SlimImageException.advise(
              "The base image"
                  + base.nameInMessages()
                  + " has no C library for "
                  + NativePlatforms.nameOf(target)
                  + ": it lacks ["
                  + (base.has(loader) ? LIBC : target.interpreter())
                  + "]",
              "use one for that processor"));
    }
  }

  /** Returns why code cannot run with the base image's C library, if so. */
  Optional<String> refusal(NativeCode code, String versionOnHost) {
    if (!hasLibc() || !target.isGlibc() || base.libcVersion().isEmpty()) {
      return Optional.empty();
    }
    boolean builtTogether =
        code.origin() == NativeCode.Origin.SYSTEM
            && code.elf().versions().values().stream().anyMatch(names -> names.contains(PRIVATE));
    if (builtTogether && !versionOnHost.equals(base.libcVersion())) {
      return Optional.of(tooOld(code, "the very " + VERSION + versionOnHost));
    }
    return newest(code.elf().versions().values())
        .filter(version -> compare(version, base.libcVersion()) > 0)
        .map(version -> tooOld(code, VERSION + version));
  }

  private String tooOld(NativeCode code, String version) {
    return SlimImageException.advise(
        "["
            + code.name()
            + "] needs "
            + version
            + ", but the base image"
            + base.nameInMessages()
            + " has "
            + base.libcVersion(),
        "use a newer slimimage.baseImage, or an older builder image");
  }

  /** Returns the newest of the versions of the GNU C library among those names. */
  static Optional<String> newest(Collection<? extends Collection<String>> names) {
    return names.stream()
        .flatMap(Collection::stream)
        .filter(name -> name.startsWith(VERSION))
        .map(name -> name.substring(VERSION.length()))
        .filter(version -> NUMBERS.matcher(version).matches())
        .max(BaseLibraries::compare);
  }

  /** Compares versions number by number. */
  static int compare(String one, String other) {
    return Arrays.compare(numbers(one), numbers(other));
  }

  private static int[] numbers(String version) {
    return Arrays.stream(version.split("[^0-9]+"))
        .filter(number -> !number.isEmpty())
        .mapToInt(Integer::parseInt)
        .toArray();
  }

  private Optional<String> libc() {
    return LoaderDirectories.candidates(target).stream()
        .map(directory -> directory.substring(1) + "/" + LIBC)
        .filter(base::has)
        .findFirst();
  }
}
