package io.slimimage.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;

class PullSizeTest {

  private static final int LAYER = 100_000;

  @Test
  void isThatOfTheCompressedLayers() throws IOException {
    byte[] noise = new byte[LAYER];
    new Random(1).nextBytes(noise);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream archive = new TarArchiveOutputStream(bytes)) {
      add(archive, "a/layer.tar", noise);
      add(archive, "b/layer.tar", new byte[LAYER]);
      add(archive, "repositories", noise);
    }

    assertThat(PullSize.of(new ByteArrayInputStream(bytes.toByteArray())))
        .isBetween((long) LAYER, LAYER + 1_000L);
  }

  private static void add(TarArchiveOutputStream archive, String name, byte[] content)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    archive.putArchiveEntry(entry);
    archive.write(content);
    archive.closeArchiveEntry();
  }
}
