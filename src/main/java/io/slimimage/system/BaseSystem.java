package io.slimimage.system;

import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a base image has that a Java runtime needs.
 *
 * @param name its reference, for messages; empty for {@code scratch}
 * @param libc its C library
 * @param libcVersion the C library's version, such as {@code 2.36}; empty where it is not known
 * @param files the paths of its shared libraries and the links to them, of its trust stores, fonts,
 *     locale and account files, {@code os-release}, package metadata and copyrights, without a
 *     slash in front, after following links to directories
 * @param links its links to directories, such as {@code lib} to {@code usr/lib}, without a slash in
 *     front on either side
 */
public record BaseSystem(
    String name,
    Libc libc,
    String libcVersion,
    SortedSet<String> files,
    Map<String, String> links) {

  private static final int MAX_LINKS = 40;

  /** A base image without anything. */
  public static final BaseSystem SCRATCH =
      new BaseSystem("", Libc.NONE, "", new TreeSet<>(), Map.of());

  /** Copies the collections. */
  public BaseSystem {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(libc, "libc");
    Objects.requireNonNull(libcVersion, "libcVersion");
    files = new TreeSet<>(files);
    links = Map.copyOf(links);
  }

  /** Returns the same under a name. */
  public BaseSystem named(String reference) {
    return new BaseSystem(reference, libc, libcVersion, files, links);
  }

  /** Returns whether there is such a file, under this path or under the one that links lead to. */
  boolean has(String path) {
    return files.contains(realPath(path));
  }

  /** Returns whether there is a file below a directory, given with a slash at its end. */
  boolean hasBelow(String directory) {
    return files.tailSet(directory).stream()
        .findFirst()
        .filter(f -> f.startsWith(directory))
        .isPresent();
  }

  /**
   * Returns the path that links to directories lead to. What is copied to a path through a link
   * would take the link's place, and hide all that is behind it.
   */
  String realPath(String path) {
    String real = path;
    for (int i = 0; i < MAX_LINKS; i++) {
      String followed = followFirstLink(real);
      if (followed.equals(real)) {
        return real;
      }
      real = followed;
    }
    return real;
  }

  private String followFirstLink(String path) {
    for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      String target = links.get(path.substring(0, slash));
      if (target != null) {
        return target + path.substring(slash);
      }
    }
    return path;
  }

  /** Returns the name as messages show it after the words "the base image". */
  String nameInMessages() {
    return name.isEmpty() ? "" : " [" + name + "]";
  }

  /** A C library. */
  public enum Libc {
    /** The GNU C library, of nearly every distribution. */
    GLIBC,
    /** The C library of Alpine. */
    MUSL,
    /** None at all. */
    NONE
  }
}
