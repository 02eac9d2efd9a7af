package io.slimimage.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What must be true of the files of an image, those of its base image included.
 *
 * @param reference the image, for messages
 * @param image its files
 */
record ImageFiles(String reference, SavedImage image) {

  static final Pattern LEFT_OVER =
      Pattern.compile("(.*/)?((mvn|javac|pom\\.xml|[^/]+\\.(java|pom))|\\.m2(/.*)?)");

  /** Shells, package managers and what fetches files. */
  static final Pattern SHELL =
      Pattern.compile(
          "(.*/)?s?bin/(sh|bash|dash|ash|ksh|zsh|busybox|env|apt|apt-get|dpkg|rpm|dnf|yum|apk"
              + "|curl|wget|su|sudo)");

  /** Permission bits: to run as the owner or the group of a file, and for others to write. */
  private static final int OPEN = 06002;

  private static final String TEMPORARY = "1777 tmp/";
  private static final String HOME = "1777 home/nonroot/";

  private static final Pattern LIBC =
      Pattern.compile("(.*/)?(libc\\.so(\\..*)?|libc-2\\..*|ld-(linux|musl|2).*)");

  /** Code of the system, neither the runtime's nor the application's. */
  private static final Pattern LIBRARY = Pattern.compile("usr/.*\\.so(\\..*)?");

  private static final Pattern OUTSIDE_OF_USR = Pattern.compile("^(bin|sbin|lib|lib64)/");

  void hold(String... paths) {
    assertThat(image.paths()).as("files in %s", reference).contains(paths);
  }

  void holdNothingOfTheBuild() {
    holdNone(LEFT_OVER);
  }

  /** No shell or the like, no file that changes the user, and little that everybody can write. */
  void holdNothingForAnIntruder() {
    holdNone(SHELL);
    assertThat(image.layers().stream().flatMap(layer -> layer.entries().stream()))
        .as("entries of %s that everybody can write or that change the user", reference)
        .filteredOn(entry -> (entry.access().mode() & OPEN) != 0)
        .extracting(entry -> "%04o %s".formatted(entry.access().mode(), entry.name()))
        .containsOnlyOnce(TEMPORARY)
        .isSubsetOf(TEMPORARY, HOME);
  }

  /** Names the files that match: an image has thousands of others. */
  private void holdNone(Pattern unwanted) {
    List<String> paths = image.paths();
    assertThat(paths).as("files in %s", reference).isNotEmpty();
    assertThat(paths.stream().filter(unwanted.asMatchPredicate()))
        .as("unwanted files in %s", reference)
        .isEmpty();
  }

  /** The files and licences that packages tell of are there, and no library is of no package. */
  void belongTo(SystemPackages packages) {
    Set<String> files = files(image.layers());
    Set<String> known = inUsr(packages.files().stream());
    assertThat(files).as("licences in %s", reference).containsAll(packages.copyrights());
    assertThat(files).as("files in %s", reference).containsAll(known);
    assertThat(files)
        .as("libraries in %s", reference)
        .filteredOn(file -> LIBRARY.matcher(file).matches())
        .isNotEmpty()
        .isSubsetOf(known);
  }

  /**
   * The runtime is there with no file that the layers below have, and without a C library.
   *
   * @param below the number of the base image's layers
   */
  void addOnlyWhatIsMissing(int below) {
    List<SavedLayer> layers = image.layers();
    Set<String> base = files(layers.subList(0, below));
    assertThat(files(layers.subList(below, layers.size())))
        .as("files of %s above its base image", reference)
        .contains("opt/java/lib/server/libjvm.so")
        .noneMatch(base::contains)
        .noneMatch(LIBC.asMatchPredicate());
  }

  /** Returns the paths of what is no directory. */
  private static Set<String> files(List<SavedLayer> layers) {
    return inUsr(
        layers.stream()
            .flatMap(layer -> layer.entries().stream())
            .filter(entry -> !entry.isDirectory())
            .map(SavedEntry::path));
  }

  /** Makes paths comparable where {@code /lib} and the like lead to {@code /usr}. */
  private static Set<String> inUsr(Stream<String> paths) {
    return paths
        .map(path -> OUTSIDE_OF_USR.matcher(path).replaceFirst("usr/$0"))
        .collect(Collectors.toSet());
  }
}
