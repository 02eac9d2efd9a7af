package io.slimimage.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.slimimage.blob.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
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

  /** Returns the only layer of an image, after a check that it has its digest. */
  private static LayerFiles saved(String content, int mode) throws IOException {
    byte[] layer = layer(content, mode);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream archive = new TarArchiveOutputStream(bytes)) {
      add(archive, "blobs/sha256/config", "{}".getBytes(StandardCharsets.UTF_8), 0644);
      add(archive, "1/layer.tar", layer, 0644);
    }
    Map<String, LayerFiles> layers = LayerFiles.read(new ByteArrayInputStream(bytes.toByteArray()));
    assertThat(layers).containsOnlyKeys(Digest.sha256(layer).toString());
    return layers.values().iterator().next();
  }

  private static byte[] layer(String content, int mode) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      TarArchiveEntry bin = new TarArchiveEntry("./bin/", TarConstants.LF_DIR);
      bin.setMode(040755);
      bin.setLastModifiedTime(TIME);
      tar.putArchiveEntry(bin);
      tar.closeArchiveEntry();
      add(tar, "./bin/java", content.getBytes(StandardCharsets.UTF_8), mode);
    }
    return bytes.toByteArray();
  }

  private static void add(TarArchiveOutputStream tar, String name, byte[] content, int mode)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    entry.setMode(0100000 | mode);
    entry.setLastModifiedTime(TIME);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }
}
