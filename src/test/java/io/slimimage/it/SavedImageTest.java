package io.slimimage.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;

class SavedImageTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarArchiveOutputStream archive = new TarArchiveOutputStream(bytes);

  @Test
  void readsTheOldFormatWithALayerThatOccursTwice() throws IOException {
    add("aaa/layer.tar", tarOf("app/one.jar"));
    add("bbb/layer.tar", tarOf("app/lib/", "app/lib/two.jar"));
    TarArchiveEntry link = new TarArchiveEntry("ccc/layer.tar", TarConstants.LF_SYMLINK);
    link.setLinkName("../aaa/layer.tar");
    archive.putArchiveEntry(link);
    archive.closeArchiveEntry();
    add("manifest.json", layers("bbb/layer.tar", "aaa/layer.tar", "ccc/layer.tar"));

    assertThat(read().layers())
        .extracting(layer -> layer.stream().map(SavedImage.Entry::path).toList())
        .containsExactly(
            List.of("app/lib/", "app/lib/two.jar"), List.of("app/one.jar"), List.of("app/one.jar"));
  }

  @Test
  void readsTheFormatWithBlobs() throws IOException {
    add("blobs/sha256/c0", "{\"architecture\":\"amd64\"}".getBytes(StandardCharsets.UTF_8));
    add("blobs/sha256/a1", tarOf("app/one.jar"));
    add("manifest.json", layers("blobs/sha256/a1"));

    assertThat(read().paths()).containsExactly("app/one.jar");
  }

  @Test
  void tellsPermissionsButThoseOfLinks() throws IOException {
    ByteArrayOutputStream layer = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(layer)) {
      TarArchiveEntry directory = new TarArchiveEntry("./tmp/");
      directory.setMode(041777);
      tar.putArchiveEntry(directory);
      tar.closeArchiveEntry();
      TarArchiveEntry link = new TarArchiveEntry("bin", TarConstants.LF_SYMLINK);
      link.setLinkName("usr/bin");
      link.setMode(0120777);
      tar.putArchiveEntry(link);
      tar.closeArchiveEntry();
    }
    add("a/layer.tar", layer.toByteArray());
    add("manifest.json", layers("a/layer.tar"));

    assertThat(read().layers().get(0))
        .containsExactly(new SavedImage.Entry("tmp/", 01777), new SavedImage.Entry("bin", 0));
  }

  private SavedImage read() throws IOException {
    archive.close();
    return SavedImage.read(new ByteArrayInputStream(bytes.toByteArray()));
  }

  private void add(String name, byte[] content) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    archive.putArchiveEntry(entry);
    archive.write(content);
    archive.closeArchiveEntry();
  }

  private static byte[] layers(String... names) {
    return "[{\"Layers\":[\"%s\"]}]"
        .formatted(String.join("\",\"", names))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] tarOf(String... names) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (String name : names) {
        tar.putArchiveEntry(new TarArchiveEntry(name));
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }
}
