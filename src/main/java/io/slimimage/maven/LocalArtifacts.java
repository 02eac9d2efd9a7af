package io.slimimage.maven;

import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
import io.slimimage.application.Coordinates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.apache.maven.model.Model;
import org.apache.maven.model.Parent;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;

/**
 * Artifacts that only this machine's local repository has, so that a build elsewhere must bring
 * them along: a snapshot of this plugin, and snapshots that were installed and never deployed.
 */
final class LocalArtifacts {

  private final Path repository;
  private final BuildLog log;
  private final Map<String, Path> files = new TreeMap<>();

  LocalArtifacts(Path repository, BuildLog log) {
    this.repository = repository;
    this.log = log;
  }

  /** Returns the files that were added, by their path in a repository. */
  Map<String, Path> files() {
    return Map.copyOf(files);
  }

  /** Adds an artifact with its POM and the POM's parents, as far as only this machine has them. */
  void add(Coordinates coordinates) {
    if (coordinates.isSnapshot() && put(coordinates)) {
      addParents(coordinates);
    }
  }

  /** Adds those dependencies that only this machine has, and says so. */
  void addInstalled(Collection<Coordinates> dependencies) {
    for (Coordinates coordinates : dependencies) {
      if (coordinates.isSnapshot() && isInstalledOnly(coordinates) && put(coordinates)) {
        log.warn(
            "The dependency "
                + coordinates
                + " was installed on this machine only: it travels with the build as it is here");
        addParents(coordinates);
      }
    }
  }

  private void addParents(Coordinates coordinates) {
    Path pom = files.get(pathOf(pom(coordinates)));
    Parent parent = pom == null ? null : parent(pom);
    if (parent != null) {
      add(
          new Coordinates(
              parent.getGroupId(), parent.getArtifactId(), parent.getVersion(), "", "pom"));
    }
  }

  private static Parent parent(Path pom) {
    try (var in = Files.newInputStream(pom)) {
      Model model = new MavenXpp3Reader().read(in);
      return model.getParent();
    } catch (IOException | XmlPullParserException e) {
      throw new SlimImageException("The POM " + pom + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Puts the file and its POM where they exist; returns whether the file does. */
  private boolean put(Coordinates coordinates) {
    boolean found = putFile(coordinates);
    return putFile(pom(coordinates)) && found;
  }

  private boolean putFile(Coordinates coordinates) {
    Path file = repository.resolve(pathOf(coordinates));
    if (Files.isRegularFile(file)) {
      files.put(pathOf(coordinates), file);
      return true;
    }
    return false;
  }

  /** Maven records an installation by a metadata file; one of a download is named otherwise. */
  private boolean isInstalledOnly(Coordinates coordinates) {
    Path directory = repository.resolve(directoryOf(coordinates));
    return Files.isRegularFile(directory.resolve("maven-metadata-local.xml"))
        && Files.isRegularFile(repository.resolve(pathOf(coordinates)));
  }

  private static Coordinates pom(Coordinates coordinates) {
    return new Coordinates(
        coordinates.groupId(), coordinates.artifactId(), coordinates.version(), "", "pom");
  }

  private static String pathOf(Coordinates coordinates) {
    return directoryOf(coordinates) + "/" + coordinates.fileName();
  }

  private static String directoryOf(Coordinates coordinates) {
    return coordinates.groupId().replace('.', '/')
        + "/"
        + coordinates.artifactId()
        + "/"
        + coordinates.version();
  }
}
