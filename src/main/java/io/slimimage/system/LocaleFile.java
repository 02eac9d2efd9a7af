package io.slimimage.system;

import java.util.List;
import java.util.stream.Stream;

/**
 * The files by which the GNU C library knows UTF-8, in the locale {@code C.UTF-8}. Without {@code
 * LC_CTYPE} the JDK can neither read nor write file names other than ASCII; without the others the
 * library falls back to ASCII altogether where somebody sets {@code LANG} or {@code LC_ALL} to that
 * locale, as many do. Musl needs none.
 */
final class LocaleFile {

  /** The loader of locales looks at the first as it is asked, then at the second. */
  private static final List<String> DIRECTORIES =
      List.of("/usr/lib/locale/C.UTF-8/", "/usr/lib/locale/C.utf8/");

  private static final String CHARSET = "LC_CTYPE";

  private static final List<String> CATEGORIES =
      List.of(
          CHARSET,
          "LC_ADDRESS",
          "LC_COLLATE",
          "LC_IDENTIFICATION",
          "LC_MEASUREMENT",
          "LC_MESSAGES/SYS_LC_MESSAGES",
          "LC_MONETARY",
          "LC_NAME",
          "LC_NUMERIC",
          "LC_PAPER",
          "LC_TELEPHONE",
          "LC_TIME");

  private LocaleFile() {}

  /** Returns the host's files, or none where it has not the one of file names. */
  static List<SystemFile> of(HostSystem host) {
    return DIRECTORIES.stream()
        .filter(directory -> host.find(directory + CHARSET).isPresent())
        .findFirst()
        .map(
            directory -> CATEGORIES.stream().flatMap(name -> file(host, directory + name)).toList())
        .orElse(List.of());
  }

  private static Stream<SystemFile> file(HostSystem host, String path) {
    return host.find(path).stream()
        .map(
            found ->
                new SystemFile(
                    path.substring(1), host.realPath(path).orElseThrow(), found, "file names"));
  }

  static boolean isIn(BaseSystem base) {
    return DIRECTORIES.stream().anyMatch(path -> base.has(path.substring(1) + CHARSET));
  }
}
