package io.slimimage.system;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the file system of an image says about it.
 *
 * @param base what it has that a Java runtime needs
 * @param traceable whether it tells its distribution and, by a list of {@code dpkg} or {@code apk},
 *     which package a file is from
 * @param java its {@code java} programs by all their paths, without a slash in front
 */
public record ImageSystem(BaseSystem base, boolean traceable, SortedMap<String, JavaProgram> java) {

  /** An image without any file. */
  public static final ImageSystem SCRATCH =
      new ImageSystem(BaseSystem.SCRATCH, false, new TreeMap<>());

  /** What container engines set where an image does not. */
  private static final String DEFAULT_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  /** Copies the map. */
  public ImageSystem {
    Objects.requireNonNull(base, "base");
    java = new TreeMap<>(java);
  }

  /**
   * Returns whether the content of a file matters.
   *
   * @param path of the file, without a slash in front
   */
  public static boolean reads(String path) {
    return ImageSystemReader.isKept(path);
  }

  /**
   * Reads an image's file system.
   *
   * @param tar a tar archive of it, without whiteouts; stays open
   * @throws IOException if the archive cannot be read, or is none
   */
  public static ImageSystem read(InputStream tar) throws IOException {
    return of(FileTree.read(tar, ImageSystem::reads));
  }

  /**
   * Finds what a file system has.
   *
   * @param tree with the contents of all files that {@link #reads} is true for
   */
  public static ImageSystem of(FileTree tree) {
    return new ImageSystemReader(tree).system();
  }

  /**
   * Returns the {@code java} that a container starts which is told to start {@code java}.
   *
   * @param env the container's environment, of which {@code PATH} counts
   */
  public Optional<JavaProgram> javaOnPath(Map<String, String> env) {
    for (String directory : env.getOrDefault("PATH", DEFAULT_PATH).split(":")) {
      JavaProgram found = javaIn(directory);
      if (found != null) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  /**
   * Returns the {@code java} below the directory that {@code JAVA_HOME} names.
   *
   * @param env the container's environment
   */
  public Optional<JavaProgram> javaAtHome(Map<String, String> env) {
    String home = env.getOrDefault("JAVA_HOME", "");
    return home.isEmpty() ? Optional.empty() : Optional.ofNullable(javaIn(home + "/bin"));
  }

  private JavaProgram javaIn(String directory) {
    return java.get(directory.startsWith("/") ? realDirectory(directory) + "java" : "");
  }

  /** Follows the links to directories, which know their last target; ends with a slash. */
  private String realDirectory(String directory) {
    String at = "";
    for (String part : directory.split("/")) {
      if (part.equals("..")) {
        at = at.substring(0, Math.max(0, at.lastIndexOf('/')));
      } else if (!part.isEmpty() && !part.equals(".")) {
        at = at.isEmpty() ? part : at + "/" + part;
        at = base.links().getOrDefault(at, at);
      }
    }
    return at.isEmpty() ? "" : at + "/";
  }
}
