package io.slimimage.runtime;

import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a base image has that a Java runtime needs.
 *
 * @param libc its C library
 * @param libcVersion the C library's version, such as {@code 2.36}; empty where it is not known
 * @param files the paths of its shared libraries, trust stores, locale and account files, without a
 *     slash in front, after following links to directories
 * @param links its links to directories, such as {@code lib} to {@code usr/lib}, without a slash in
 *     front on either side
 */
public record BaseSystem(
    Libc libc, String libcVersion, SortedSet<String> files, Map<String, String> links) {

  /** A base image without anything. */
  public static final BaseSystem SCRATCH = new BaseSystem(Libc.NONE, "", new TreeSet<>(), Map.of());

  /** Copies the collections. */
  public BaseSystem {
    Objects.requireNonNull(libc, "libc");
    Objects.requireNonNull(libcVersion, "libcVersion");
    files = new TreeSet<>(files);
    links = Map.copyOf(links);
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
