package io.slimimage.maven;

import java.util.Set;

/** Directories that every base image has, whose owner and mode are not ours to change. */
final class SystemDirectories {

  private static final Set<String> PATHS =
      Set.of(
          "",
          "app",
          "bin",
          "boot",
          "dev",
          "etc",
          "home",
          "lib",
          "lib64",
          "media",
          "mnt",
          "opt",
          "proc",
          "root",
          "run",
          "sbin",
          "srv",
          "sys",
          "tmp",
          "usr",
          "usr/local",
          "usr/src",
          "var",
          "var/lib",
          "var/log",
          "var/tmp");

  private SystemDirectories() {}

  static boolean contains(String path) {
    return PATHS.contains(relative(path));
  }

  /** Returns an absolute path without its slashes at the ends and without doubled ones. */
  static String relative(String path) {
    return path.replaceAll("/+", "/").replaceAll("^/|/$", "");
  }
}
