package io.slimimage.application;

import java.util.Objects;

/**
 * The Maven coordinates of an artifact.
 *
 * @param groupId the group
 * @param artifactId the artifact
 * @param version the base version: {@code 1.0-SNAPSHOT}, never the timestamp of a deployed snapshot
 * @param classifier the classifier, or the empty string
 * @param type the file name extension, such as {@code jar}
 */
public record Coordinates(
    String groupId, String artifactId, String version, String classifier, String type) {

  /** Checks that nothing is null. */
  public Coordinates {
    Objects.requireNonNull(groupId, "groupId");
    Objects.requireNonNull(artifactId, "artifactId");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(classifier, "classifier");
    Objects.requireNonNull(type, "type");
  }

  /** Returns the coordinates of a main jar. */
  public static Coordinates jar(String groupId, String artifactId, String version) {
    return new Coordinates(groupId, artifactId, version, "", "jar");
  }

  /** Returns the file name {@code artifactId-version[-classifier].type}, as a repository has it. */
  public String fileName() {
    String suffix = classifier.isEmpty() ? "" : "-" + classifier;
    return artifactId + "-" + version + suffix + "." + type;
  }

  /** Returns whether the version is a snapshot. */
  public boolean isSnapshot() {
    return version.endsWith("-SNAPSHOT");
  }

  /** Written out, since a record's own makes the first build of a JVM wait for 60 classes. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Coordinates coordinates
        && artifactId.equals(coordinates.artifactId)
        && groupId.equals(coordinates.groupId)
        && version.equals(coordinates.version)
        && classifier.equals(coordinates.classifier)
        && type.equals(coordinates.type);
  }

  @Override
  public int hashCode() {
    return 31 * artifactId.hashCode() + version.hashCode();
  }

  @Override
  public String toString() {
    String suffix = classifier.isEmpty() ? "" : ":" + classifier;
    return groupId + ":" + artifactId + ":" + type + suffix + ":" + version;
  }
}
