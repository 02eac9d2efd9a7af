package io.slimimage.base;

import io.slimimage.ConfigurationException;
import io.slimimage.SlimImageException;
import io.slimimage.image.ImageReference;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/** What may be written for {@code slimimage.baseImage}. */
final class BaseReferenceSyntax {

  static final String PARAMETER = "'slimimage.baseImage'";

  private static final String FORMS =
      " must be 'scratch', the name of an image '[host[:port]/]path[:tag][@digest]',"
          + " 'docker://NAME', 'oci://DIRECTORY[:TAG]' or 'tar://FILE'";

  /** What {@code skopeo} and {@code podman} call the same things. */
  private static final Map<String, String> OTHER_TOOLS =
      Map.of(
          "docker-archive", "tar",
          "oci-archive", "tar",
          "oci", "oci",
          "docker-daemon", "docker");

  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:[/\\\\].*", Pattern.DOTALL);

  private final Path directory;

  /**
   * Creates a parser.
   *
   * @param directory what relative paths are relative to
   */
  BaseReferenceSyntax(Path directory) {
    this.directory = directory;
  }

  BaseReference parse(String given) {
    String value = given == null ? "" : given.strip();
    if (value.isEmpty()) {
      throw invalid(value, "write [scratch], or leave it out");
    }
    if (value.equals("scratch")) {
      return new BaseReference.Scratch();
    }
    int scheme = value.indexOf("://");
    if (scheme >= 0) {
      return parse(value, value.substring(0, scheme), value.substring(scheme + 3));
    }
    int colon = value.indexOf(':');
    String tool = colon < 0 ? null : OTHER_TOOLS.get(value.substring(0, colon));
    if (tool != null) {
      throw invalid(value, "write [" + tool + "://" + value.substring(colon + 1) + "]");
    }
    return new BaseReference.Registry(image(value, value));
  }

  private BaseReference parse(String value, String scheme, String rest) {
    if (rest.isEmpty()) {
      throw invalid(value, "add what is meant after [" + scheme + "://]");
    }
    return switch (scheme) {
      case "docker" -> new BaseReference.Engine(image(value, rest));
      case "oci" -> layout(value, rest);
      case "tar" -> new BaseReference.Archive(path(value, rest));
      case "http", "https" -> throw invalid(value, "write [" + rest + "]");
      default ->
          throw new ConfigurationException(
              SlimImageException.advise(
                  PARAMETER + " [" + value + "] has the unknown scheme [" + scheme + "]",
                  "write [docker://NAME], [oci://DIRECTORY[:TAG]], [tar://FILE] or, of a registry,"
                      + " the image's name alone"));
    };
  }

  private ImageReference image(String value, String name) {
    try {
      return ImageReference.parse(PARAMETER, name);
    } catch (ConfigurationException e) {
      throw invalid(value, "correct the image's name [" + name + "]");
    }
  }

  /** A directory may have a colon in its name: the longest part that is a directory is one. */
  private BaseReference layout(String value, String rest) {
    if (Files.isDirectory(path(value, rest))) {
      return new BaseReference.Layout(path(value, rest), "");
    }
    String bare = withoutSlash(rest);
    int drive = DRIVE.matcher(bare).matches() ? rest.length() - bare.length() + 2 : 0;
    int first = rest.indexOf(':', drive);
    for (int colon = rest.lastIndexOf(':'); colon > first; ) {
      if (Files.isDirectory(path(value, rest.substring(0, colon)))) {
        return layout(value, rest, colon);
      }
      colon = rest.lastIndexOf(':', colon - 1);
    }
    return first < 0 ? new BaseReference.Layout(path(value, rest), "") : layout(value, rest, first);
  }

  private BaseReference layout(String value, String rest, int colon) {
    String tag = rest.substring(colon + 1);
    if (tag.isEmpty() || colon == 0) {
      throw invalid(value, "write [oci://DIRECTORY] or [oci://DIRECTORY:TAG]");
    }
    return new BaseReference.Layout(path(value, rest.substring(0, colon)), tag);
  }

  /** As in a URL, a drive letter may follow a slash. */
  private static String withoutSlash(String path) {
    return path.startsWith("/") && DRIVE.matcher(path.substring(1)).matches()
        ? path.substring(1)
        : path;
  }

  private Path path(String value, String path) {
    boolean windows = directory.getFileSystem().getSeparator().equals("\\");
    try {
      return directory.resolve(windows ? withoutSlash(path) : path);
    } catch (InvalidPathException e) {
      throw invalid(value, "correct the path [" + path + "]");
    }
  }

  private static ConfigurationException invalid(String value, String advice) {
    return new ConfigurationException(
        SlimImageException.advise(PARAMETER + " [" + value + "]" + FORMS, advice));
  }
}
