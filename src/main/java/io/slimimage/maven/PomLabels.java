package io.slimimage.maven;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.maven.model.License;
import org.apache.maven.model.Model;
import org.apache.maven.project.MavenProject;

/**
 * The labels that a POM gives.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/annotations.md">OCI
 *     annotations</a>
 */
final class PomLabels {

  private static final String PREFIX = "org.opencontainers.image.";

  private PomLabels() {}

  static Map<String, String> of(MavenProject project) {
    Map<String, String> labels = new LinkedHashMap<>();
    put(labels, "title", project.getName());
    if (declares(project, Model::getDescription)) {
      put(labels, "description", project.getDescription());
    }
    put(labels, "version", project.getVersion());
    if (declares(project, Model::getUrl)) {
      put(labels, "url", project.getUrl());
    }
    if (declares(project, Model::getScm)) {
      put(labels, "source", project.getScm().getUrl());
    }
    if (declares(project, Model::getOrganization)) {
      put(labels, "vendor", project.getOrganization().getName());
    }
    if (declares(project, model -> model.getLicenses().isEmpty() ? null : model.getLicenses())) {
      put(labels, "licenses", String.join(" OR ", licenses(project)));
    }
    return labels;
  }

  private static List<String> licenses(MavenProject project) {
    return project.getLicenses().stream()
        .map(License::getName)
        .filter(name -> name != null && !name.isBlank())
        .toList();
  }

  /**
   * Returns whether the project or a parent in the same tree says something: what comes from a
   * parent in a repository, such as Spring Boot's, is about that parent.
   */
  private static boolean declares(MavenProject project, Function<Model, Object> what) {
    for (MavenProject p = project; p != null; p = p.getParent()) {
      boolean local = p == project || p.getBasedir() != null;
      Model model = p.getOriginalModel() == null ? p.getModel() : p.getOriginalModel();
      if (local && what.apply(model) != null) {
        return true;
      }
    }
    return false;
  }

  private static void put(Map<String, String> labels, String key, String value) {
    if (value != null && !value.isBlank()) {
      labels.put(PREFIX + key, value.strip().replaceAll("\\s+", " "));
    }
  }
}
