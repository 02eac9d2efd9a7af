package io.slimimage.maven;

import io.slimimage.SlimImageException;
import io.slimimage.image.ImageReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.maven.project.MavenProject;

/** The names of the image, from its parameters or from the project's coordinates. */
final class ImageNames {

  private static final Pattern TAG = Pattern.compile("\\w[\\w.-]{0,127}");
  private static final int LONGEST_TAG = 128;

  private ImageNames() {}

  /** Returns all names of a project's image, the main one first. */
  static List<ImageReference> of(Parameters given, MavenProject project, Problems problems) {
    return of(given.image(), given.tags(), project.getArtifactId(), project.getVersion(), problems);
  }

  /** Returns all names, the main one first. */
  static List<ImageReference> of(
      String image, List<String> tags, String artifactId, String version, Problems problems) {
    String name = image == null ? defaultName(artifactId, version) : image;
    ImageReference main =
        problems.check(
            () -> {
              ImageReference parsed =
                  ImageReference.parse("'" + ParameterReader.PREFIX + "image'", name.strip());
              if (!parsed.digest().isEmpty()) {
                throw new SlimImageException(
                    SlimImageException.advise(
                        "'slimimage.image' ["
                            + name
                            + "] has a digest, which only a build can tell",
                        "leave '@…' out"));
              }
              return parsed;
            },
            null);
    Map<String, ImageReference> names = new LinkedHashMap<>();
    if (main != null) {
      names.put(main.tag(), main);
    }
    for (String tag : tags) {
      if (tag == null || !TAG.matcher(tag).matches()) {
        problems.add(
            "tags",
            tag,
            "up to 128 letters, digits, '_', '.' and '-', the first no '.' or '-'",
            "write 1.0 or latest");
      } else if (main != null) {
        names.putIfAbsent(tag, new ImageReference(main.registry(), main.repository(), tag, ""));
      }
    }
    return List.copyOf(names.values());
  }

  /** Returns {@code artifactId:version}, with everything replaced that a name may not have. */
  static String defaultName(String artifactId, String version) {
    String path =
        artifactId
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9._-]", "-")
            .replaceAll("[._-]*\\.[._-]*", ".")
            .replaceAll("[_-]*(-_|_-)[_-]*", "-")
            .replaceAll("_{3,}", "__")
            .replaceAll("^[._-]+|[._-]+$", "");
    String tag = version.replaceAll("[^\\w.-]", "-").replaceAll("^[.-]+", "");
    return (path.isEmpty() ? "image" : path)
        + ":"
        + (tag.isEmpty() ? "latest" : tag.substring(0, Math.min(tag.length(), LONGEST_TAG)));
  }
}
