package io.slimimage.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The directories that a dynamic loader searches.
 *
 * @param inOrder all of them on the host, in the loader's order
 * @param certain those that it searches without any configuration; an image has neither the host's
 *     configuration nor the cache made of it
 * @see <a href="https://man7.org/linux/man-pages/man8/ld.so.8.html">ld.so</a>
 */
record LoaderDirectories(List<String> inOrder, List<String> certain) {

  private static final String GLIBC_CONFIGURATION = "/etc/ld.so.conf";
  private static final String LIBC = "libc.so.6";
  private static final int MAX_DEPTH = 8;

  LoaderDirectories {
    inOrder = List.copyOf(inOrder);
    certain = List.copyOf(certain);
  }

  /** Reads the configuration of a system. */
  static LoaderDirectories of(HostSystem host, Target target) {
    Set<String> all = new LinkedHashSet<>();
    if (!target.isGlibc()) {
      all.addAll(readMusl(host, target));
      all.addAll(candidates(target));
      return new LoaderDirectories(List.copyOf(all), candidates(target));
    }
    readGlibc(host, GLIBC_CONFIGURATION, all, 0);
    all.addAll(candidates(target));
    return new LoaderDirectories(List.copyOf(all), besideLibc(host, target));
  }

  /** Returns the directories that a loader may know, on whatever distribution. */
  static List<String> candidates(Target target) {
    if (!target.isGlibc()) {
      return List.of("/lib", "/usr/local/lib", "/usr/lib");
    }
    List<String> directories = new ArrayList<>();
    if (!target.multiarch().isEmpty()) {
      directories.add("/lib/" + target.multiarch());
      directories.add("/usr/lib/" + target.multiarch());
    }
    if (target.bits() == 64) {
      directories.addAll(List.of("/lib64", "/usr/lib64"));
    }
    directories.addAll(List.of("/lib", "/usr/lib"));
    return directories;
  }

  /** Each distribution's loader knows the C library's own directory, under {@code /} and /usr. */
  private static List<String> besideLibc(HostSystem host, Target target) {
    return candidates(target).stream()
        .filter(directory -> host.find(directory + "/" + LIBC).isPresent())
        .findFirst()
        .map(directory -> directory.replaceFirst("^/usr/", "/"))
        .map(directory -> List.of(directory, "/usr" + directory))
        .orElse(List.of());
  }

  /** A configuration of musl replaces the directories that it knows. */
  private static List<String> readMusl(HostSystem host, Target target) {
    return lines(host, "/etc/ld-musl-" + target.muslName() + ".path").stream()
        .flatMap(line -> Arrays.stream(line.split(":")))
        .map(String::strip)
        .filter(directory -> !directory.isEmpty())
        .toList();
  }

  private static void readGlibc(HostSystem host, String file, Set<String> directories, int depth) {
    if (depth > MAX_DEPTH) {
      return;
    }
    for (String line : lines(host, file)) {
      String text = line.replaceFirst("#.*", "").strip();
      if (text.startsWith("include ") || text.startsWith("include\t")) {
        for (String pattern : text.substring("include".length()).strip().split("\\s+")) {
          for (String included : glob(host, file, pattern)) {
            readGlibc(host, included, directories, depth + 1);
          }
        }
      } else if (text.startsWith("/")) {
        directories.add(text.replaceFirst("/+$", ""));
      }
    }
  }

  /** Finds the files of a pattern, which has wildcards in the file's name alone, as they all do. */
  private static List<String> glob(HostSystem host, String includer, String pattern) {
    String path =
        pattern.startsWith("/")
            ? pattern
            : includer.substring(0, includer.lastIndexOf('/') + 1) + pattern;
    int slash = path.lastIndexOf('/');
    var names = host.root().getFileSystem().getPathMatcher("glob:" + path.substring(slash + 1));
    return host.list(path.substring(0, slash)).stream()
        .filter(file -> names.matches(Path.of(file).getFileName()))
        .toList();
  }

  private static List<String> lines(HostSystem host, String path) {
    return host.find(path)
        .map(
            file -> {
              try {
                return Arrays.asList(new String(Files.readAllBytes(file), UTF_8).split("\n"));
              } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file, e);
              }
            })
        .orElse(List.of());
  }
}
