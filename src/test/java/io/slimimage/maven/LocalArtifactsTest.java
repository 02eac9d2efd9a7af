package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;

import io.slimimage.RecordedLog;
import io.slimimage.application.Coordinates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalArtifactsTest {

  @TempDir private Path repository;

  private final RecordedLog log = new RecordedLog();

  private static Coordinates jar(String name, String version) {
    return Coordinates.jar("g.h", name, version);
  }

  private void put(String name, String version, boolean installed, String parent)
      throws IOException {
    Path directory = Files.createDirectories(repository.resolve("g/h/" + name + "/" + version));
    Files.writeString(directory.resolve(name + "-" + version + ".jar"), "jar");
    Files.writeString(
        directory.resolve(name + "-" + version + ".pom"), "<project>" + parent + "</project>");
    Files.writeString(
        directory.resolve("maven-metadata-" + (installed ? "local" : "central") + ".xml"), "");
  }

  private LocalArtifacts artifacts() {
    return new LocalArtifacts(repository, log);
  }

  @Test
  void aSnapshotTravelsWithItsPomAndParent() throws IOException {
    put(
        "plugin",
        "1-SNAPSHOT",
        true,
        "<parent><groupId>g.h</groupId><artifactId>parent</artifactId>"
            + "<version>2-SNAPSHOT</version></parent>");
    put("parent", "2-SNAPSHOT", true, "");
    LocalArtifacts artifacts = artifacts();
    artifacts.add(jar("plugin", "1-SNAPSHOT"));
    assertThat(artifacts.files())
        .containsOnlyKeys(
            "g/h/plugin/1-SNAPSHOT/plugin-1-SNAPSHOT.jar",
            "g/h/plugin/1-SNAPSHOT/plugin-1-SNAPSHOT.pom",
            "g/h/parent/2-SNAPSHOT/parent-2-SNAPSHOT.pom")
        .containsValue(repository.resolve("g/h/plugin/1-SNAPSHOT/plugin-1-SNAPSHOT.jar"));
  }

  @Test
  void aReleaseStays() throws IOException {
    put("plugin", "1", true, "");
    LocalArtifacts artifacts = artifacts();
    artifacts.add(jar("plugin", "1"));
    artifacts.addInstalled(List.of(jar("plugin", "1")));
    assertThat(artifacts.files()).isEmpty();
  }

  @Test
  void anInstalledSnapshotTravelsWithAWarning() throws IOException {
    put("dep", "1-SNAPSHOT", true, "");
    LocalArtifacts artifacts = artifacts();
    artifacts.addInstalled(List.of(jar("dep", "1-SNAPSHOT")));
    assertThat(artifacts.files()).hasSize(2);
    assertThat(log.warnings()).singleElement().asString().contains("g.h:dep:jar:1-SNAPSHOT");
  }

  @Test
  void aDownloadedOrMissingSnapshotStays() throws IOException {
    put("dep", "1-SNAPSHOT", false, "");
    LocalArtifacts artifacts = artifacts();
    artifacts.addInstalled(List.of(jar("dep", "1-SNAPSHOT"), jar("missing", "1-SNAPSHOT")));
    assertThat(artifacts.files()).isEmpty();
    assertThat(log.warnings()).isEmpty();
  }
}
