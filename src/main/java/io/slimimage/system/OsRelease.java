package io.slimimage.system;

import io.slimimage.SlimImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The file that tells a distribution's name.
 *
 * @see <a
 *     href="https://www.freedesktop.org/software/systemd/man/latest/os-release.html">os-release</a>
 */
final class OsRelease {

  static final String PATH = "/etc/os-release";
  private static final String FALLBACK = "/usr/lib/os-release";

  private OsRelease() {}

  /** Returns the file's path on the system, without links, or nothing if there is none. */
  static Optional<String> find(HostSystem host) {
    return host.realPath(PATH).or(() -> host.realPath(FALLBACK));
  }

  /** Returns the name as people read it, such as {@code Fedora Linux 40}. */
  static String prettyName(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> line.startsWith("PRETTY_NAME="))
          .map(line -> line.substring("PRETTY_NAME=".length()).replaceAll("^[\"']|[\"']$", ""))
          .findFirst()
          .orElse("without a name");
    } catch (IOException e) {
      throw new SlimImageException(
          SlimImageException.advise("[" + file + "] cannot be read", "check its permissions"), e);
    }
  }
}
