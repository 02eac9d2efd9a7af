package io.slimimage.system;

import io.slimimage.SlimImageException;
import io.slimimage.blob.Blob;
import io.slimimage.elf.ElfFile;
import io.slimimage.system.BaseSystem.Libc;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds in the files of an image what it has. */
final class ImageSystemReader {

  /** Where loaders look unasked; a C library elsewhere belongs to something else. */
  private static final String LIBRARIES = "(?:usr/)?lib(?:64|32|x32)?/(?:[^/]+-linux-[^/]+/)?";

  private static final Pattern GLIBC = Pattern.compile(LIBRARIES + "libc\\.so\\.6");
  private static final Pattern GLIBC_CONTENT =
      Pattern.compile(".*/libc(?:\\.so\\.6|-2\\.\\d+\\.so)");
  private static final Pattern GLIBC_VERSION = Pattern.compile("GLIBC_2\\.(\\d+)(?:\\..*)?");
  private static final Pattern MUSL = Pattern.compile("(?:usr/)?lib/ld-musl-[^/]+\\.so\\.1");
  private static final Pattern MUSL_VERSION =
      Pattern.compile("^P:musl\nV:(\\d+(?:\\.\\d+)*)", Pattern.MULTILINE);

  private static final List<String> DISTRIBUTION = List.of("etc/os-release", "usr/lib/os-release");
  private static final List<String> APK =
      List.of("lib/apk/db/installed", "usr/lib/apk/db/installed");
  private static final List<String> PACKAGES =
      List.of("var/lib/dpkg/status", APK.get(0), APK.get(1));

  /** Libraries, trust stores, locales, accounts, package lists, copyrights and fonts. */
  private static final Pattern NEEDED =
      Pattern.compile(
          ".*\\.so(?:\\.[^/]*)?"
              + "|etc/ssl/(?:cert\\.pem|certs/ca-certificates\\.crt|certs/java/cacerts)"
              + "|etc/pki/.*"
              + "|usr/lib/locale/.*"
              + "|etc/(?:passwd|group|nsswitch\\.conf|os-release)|usr/lib/os-release"
              + "|var/lib/dpkg/status(?:\\.d/.*)?|(?:usr/)?lib/apk/db/installed"
              + "|usr/share/doc/[^/]+/copyright"
              + "|etc/fonts/fonts\\.conf|usr/share/fonts/.*");

  private static final Pattern RELEASE_LINE = Pattern.compile("(?m)^(\\w+)=\"?([^\"\r\n]*)\"?$");

  private final FileTree tree;
  private final SortedSet<String> files;

  ImageSystemReader(FileTree tree) {
    this.tree = tree;
    this.files = tree.files();
  }

  /** Returns whether the content of a file may matter. */
  static boolean isKept(String path) {
    return path.endsWith("/release") || APK.contains(path) || GLIBC_CONTENT.matcher(path).matches();
  }

  ImageSystem system() {
    SortedSet<String> needed =
        files.stream()
            .filter(path -> NEEDED.matcher(path).matches())
            .collect(Collectors.toCollection(TreeSet::new));
    Optional<String> glibc = glibcVersion();
    boolean musl = glibc.isEmpty() && files.stream().anyMatch(path -> MUSL.matcher(path).matches());
    BaseSystem base =
        new BaseSystem(
            "",
            glibc.isPresent() ? Libc.GLIBC : musl ? Libc.MUSL : Libc.NONE,
            musl ? muslVersion() : glibc.orElse(""),
            needed,
            tree.directoryLinks());
    return new ImageSystem(base, isAnyFile(DISTRIBUTION) && isAnyFile(PACKAGES), java());
  }

  private boolean isAnyFile(List<String> paths) {
    return paths.stream().anyMatch(path -> tree.file(path).isPresent());
  }

  /** Alpine's compatibility packages bring a {@code libc.so.6} too, but no versions in it. */
  private Optional<String> glibcVersion() {
    return files.stream()
        .filter(path -> GLIBC.matcher(path).matches())
        .flatMap(path -> elf(path).stream())
        .flatMap(libc -> libc.definedVersions().stream())
        .map(GLIBC_VERSION::matcher)
        .filter(Matcher::matches)
        .map(version -> Integer.valueOf(version.group(1)))
        .max(Comparator.naturalOrder())
        .map(minor -> "2." + minor);
  }

  private Optional<ElfFile> elf(String path) {
    try {
      return tree.content(path).flatMap(bytes -> ElfFile.read(Blob.of(bytes), path));
    } catch (SlimImageException e) {
      // A damaged library is none: nothing can have started with it.
      return Optional.empty();
    }
  }

  private String muslVersion() {
    return APK.stream()
        .flatMap(path -> text(path).stream())
        .map(MUSL_VERSION::matcher)
        .filter(Matcher::find)
        .map(version -> version.group(1))
        .findFirst()
        .orElse("");
  }

  private SortedMap<String, JavaProgram> java() {
    SortedMap<String, JavaProgram> found = new TreeMap<>();
    for (String path : files) {
      if ((path.equals("java") || path.endsWith("/java")) && tree.isExecutable(path)) {
        tree.file(path).map(this::javaProgram).ifPresent(java -> found.put(path, java));
      }
    }
    return found;
  }

  private JavaProgram javaProgram(String path) {
    String home = path.replaceFirst("(?:^|/)bin/java$", "");
    // A JDK 8 has its JRE in a directory of its own, and the file beside that.
    String release =
        text(home + "/release")
            .or(() -> text(home.replaceFirst("/jre$", "") + "/release"))
            .orElse("");
    return new JavaProgram(
        path, feature(value(release, "JAVA_VERSION")), value(release, "IMPLEMENTOR"));
  }

  private Optional<String> text(String path) {
    return tree.content(path).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  private static String value(String release, String name) {
    return RELEASE_LINE
        .matcher(release)
        .results()
        .filter(line -> line.group(1).equals(name))
        .map(line -> line.group(2).strip())
        .findFirst()
        .orElse("");
  }

  /** Returns 8 for {@code 1.8.0_402} and 17 for {@code 17.0.15}, else 0. */
  private static int feature(String version) {
    Matcher number = Pattern.compile("(?:1\\.)?(\\d{1,4})(?:\\D.*)?").matcher(version);
    return number.matches() ? Integer.parseInt(number.group(1)) : 0;
  }
}
