package io.slimimage.maven;

import io.slimimage.image.ImageConfig;
import io.slimimage.layer.LayerEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The directories that a container's user needs and that a base image does not have. */
final class ImageDirectories {

  /** Writable for everybody, since layers belong to root: {@code COPY} knows no other owner. */
  private static final String WRITABLE = "1777";

  /** Directories of every base image, whose owner and mode are not ours to change. */
  private static final Set<String> OF_THE_SYSTEM =
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
          "var/cache",
          "var/lib",
          "var/log",
          "var/tmp");

  /** Directories that the layers of every image bring along. */
  private static final Set<String> OUR_OWN = Set.of("", "app", "tmp");

  private ImageDirectories() {}

  /**
   * Returns the paths, without a slash in front, with their permission bits in octal.
   *
   * @param onScratch whether there is no base image that has any of them
   */
  static Map<String, String> of(ImageConfig config, boolean onScratch) {
    Map<String, String> directories = new TreeMap<>();
    if (ContainerReader.hasOwnHome(config.user())) {
      directories.put(relative(ContainerReader.HOME), WRITABLE);
    }
    List<String> wanted = new ArrayList<>(config.volumes());
    wanted.add(config.workingDirectory());
    Set<String> there = onScratch ? OUR_OWN : OF_THE_SYSTEM;
    wanted.stream()
        .map(ImageDirectories::relative)
        .filter(directory -> !there.contains(directory))
        .forEach(directory -> directories.put(directory, WRITABLE));
    return directories;
  }

  /** Returns the entries of a layer that has these directories. */
  static List<LayerEntry.Directory> entries(Map<String, String> directories) {
    return new TreeMap<>(directories)
        .entrySet().stream()
            .map(
                directory ->
                    new LayerEntry.Directory(
                        directory.getKey(), Integer.parseInt(directory.getValue(), 8)))
            .toList();
  }

  private static String relative(String path) {
    return path.replaceAll("/+", "/").replaceAll("^/|/$", "");
  }
}
