package io.slimimage.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerFilesTest {

  private static final FileTime TIME = FileTime.from(Instant.ofEpochSecond(1_000));

  @TempDir Path directory;

  @BeforeEach
  void writeDirectory() throws IOException {
    Path bin = Files.createDirectory(directory.resolve("bin"));
    Path java = Files.writeString(bin.resolve("java"), "java");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(bin, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setLastModifiedTime(java, TIME);
    Files.setLastModifiedTime(bin, TIME);
  }

  @Test
  void areTheSameInADirectoryAndInALayer() throws IOException {
    assertThat(LayerFiles.ofDirectory(directory)).isEqualTo(saved("java", 0755));
  }

  @Test
  void differByContent() throws IOException {
    assertThat(LayerFiles.ofDirectory(directory)).isNotEqualTo(saved("Java", 0755));
  }

  @Test
  void differByMode() throws IOException {
    assertThat(LayerFiles.ofDirectory(directory)).isNotEqualTo(saved("java", 0750));
  }

  private static LayerFiles saved(String content, int mode) {
    return LayerFiles.of(
        new MadeLayer()
            .directory("./bin", entry -> entry.setLastModifiedTime(TIME))
            .file(
                "./bin/java",
                content,
                entry -> {
                  entry.setMode(0100000 | mode);
                  entry.setLastModifiedTime(TIME);
                })
            .saved());
  }
}
