package io.slimimage.maven;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.maven.model.License;
import org.apache.maven.model.Organization;
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
    put(labels, "description", project.getDescription());
    put(labels, "version", project.getVersion());
    put(labels, "url", project.getUrl());
    put(labels, "source", project.getScm() == null ? null : project.getScm().getUrl());
    Organization organization = project.getOrganization();
    put(labels, "vendor", organization == null ? null : organization.getName());
    put(
        labels,
        "licenses",
        String.join(
            " OR ",
            project.getLicenses().stream()
                .map(License::getName)
                .filter(name -> name != null && !name.isBlank())
                .toList()));
    return labels;
  }

  private static void put(Map<String, String> labels, String key, String value) {
    if (value != null && !value.isBlank()) {
      labels.put(PREFIX + key, value.strip().replaceAll("\\s+", " "));
    }
  }
}
