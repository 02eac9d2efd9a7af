package io.slimimage.layer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.SlimImageException;
import io.slimimage.blob.Blob;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerTarTest {

  private static final LayerEntry TMP = new LayerEntry.Directory("tmp", 01777);

  @TempDir private Path directory;

  private static Layer layer(LayerEntry... entries) {
    return new Layer(LayerRole.EXTRA, List.of(entries));
  }

  private static LayerEntry file(String path, Blob content) {
    return new LayerEntry.File(path, 0755, content);
  }

  private static byte[] write(Layer layer) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LayerTar.write(layer, out);
    return out.toByteArray();
  }

  @Test
  void hasAllEntriesInTheirOrderWithTheTimeOfTheEpoch() throws IOException {
    String deep = "tmp/" + "d".repeat(120) + "/ü";
    Layer layer =
        layer(
            TMP,
            file("tmp/x", Blob.of("hello".getBytes(UTF_8))),
            new LayerEntry.Directory("tmp/" + "d".repeat(120), 0700),
            file(deep, Blob.of(new byte[0])),
            new LayerEntry.Symlink("tmp/z", "../etc"));
    List<String> found = new ArrayList<>();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new ByteArrayInputStream(write(layer)), "UTF-8")) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        found.add(
            "%s %o %s".formatted(entry.getName(), entry.getMode() & 07777, entry.getLinkName()));
        assertThat(entry.getLastModifiedTime().toMillis()).isZero();
        assertThat(entry.getLongUserId() + entry.getLongGroupId()).isZero();
      }
    }
    assertThat(found)
        .containsExactly(
            "tmp/ 1777 ",
            "tmp/x 755 ",
            "tmp/" + "d".repeat(120) + "/ 700 ",
            deep + " 755 ",
            "tmp/z 777 ../etc");
    assertThat(write(layer)).isEqualTo(write(layer));
  }

  @Test
  void leavesTheStreamOpenWithEverythingInIt() throws IOException {
    boolean[] closed = new boolean[1];
    ByteArrayOutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            closed[0] = true;
          }
        };
    LayerTar.write(layer(TMP), out);
    assertThat(closed[0]).isFalse();
    assertThat(out.size()).isEqualTo(512 + 1024);
  }

  @Test
  void writesToWhatDigestsAndCompressesInLargePieces() throws IOException {
    List<Integer> pieces = new ArrayList<>();
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int b) {
            pieces.add(1);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            pieces.add(length);
          }
        };
    LayerTar.write(layer(file("big", Blob.of(new byte[10 << 20]))), out);
    assertThat(pieces).hasSizeLessThan(200);
  }

  @Test
  void aFileThatIsGoneIsNamed() throws IOException {
    Path file = Files.writeString(directory.resolve("app.jar"), "x");
    Layer layer = layer(TMP, file("app.jar", Blob.of(file)));
    Files.delete(file);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThatThrownBy(() -> LayerTar.write(layer, out))
        .isInstanceOf(SlimImageException.class)
        .hasMessage(
            "[" + file + "], which is to be [/app.jar], is gone, perhaps you should build again");
    assertThat(out.size()).as("no end of archive").isLessThan(1024);
  }

  @Test
  void aFileThatCannotBeReadIsNamed() {
    Blob refused =
        new Blob() {
          @Override
          public long size() {
            return 1;
          }

          @Override
          public InputStream open() throws IOException {
            throw new AccessDeniedException("/secret");
          }
        };
    assertThatThrownBy(() -> write(layer(file("etc/secret", refused))))
        .isInstanceOf(SlimImageException.class)
        .hasMessageStartingWith("[/secret], which is to be [/etc/secret], cannot be read");
  }

  @Test
  void aFileThatShrinksOrGrowsIsNamed() throws IOException {
    for (String now : List.of("", "xyz")) {
      Path file = Files.writeString(directory.resolve("app.jar"), "x");
      Layer layer = layer(file("app.jar", Blob.of(file)));
      Files.writeString(file, now);
      assertThatThrownBy(() -> write(layer))
          .isInstanceOf(SlimImageException.class)
          .hasMessageContaining("[app.jar] changed while it was read");
    }
  }
}
