package io.slimimage.system;

import java.util.List;
import java.util.Optional;

/**
 * The file by which the GNU C library knows UTF-8 where {@code LC_CTYPE=C.UTF-8}. Without it the
 * JDK can neither read nor write file names other than ASCII. Musl needs none.
 */
final class LocaleFile {

  /** The loader of locales looks at the first as it is asked, then at the second. */
  private static final List<String> PATHS =
      List.of("/usr/lib/locale/C.UTF-8/LC_CTYPE", "/usr/lib/locale/C.utf8/LC_CTYPE");

  private LocaleFile() {}

  /** Returns the host's file. */
  static Optional<SystemFile> of(HostSystem host) {
    return PATHS.stream()
        .filter(path -> host.find(path).isPresent())
        .findFirst()
        .map(
            path ->
                new SystemFile(
                    path.substring(1),
                    host.realPath(path).orElseThrow(),
                    host.find(path).orElseThrow(),
                    "file names"));
  }

  static boolean isIn(BaseSystem base) {
    return PATHS.stream().anyMatch(path -> base.has(path.substring(1)));
  }
}
