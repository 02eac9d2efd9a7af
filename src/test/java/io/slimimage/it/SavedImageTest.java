package io.slimimage.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.it.SavedEntry.Access;
import io.slimimage.it.SavedEntry.Content;
import io.slimimage.it.SavedEntry.Type;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class SavedImageTest {

  private static final String CONFIG = "{\"architecture\":\"amd64\"}";

  private final MadeLayer one = new MadeLayer().file("app/one.jar", "1");
  private final MadeLayer two = new MadeLayer().directory("app/lib").file("app/lib/two.jar", "2");
  private final MadeArchive archive = new MadeArchive();

  @Test
  void readsTheOldFormatWithALayerThatOccursTwice() throws IOException {
    archive
        .text("aaa/VERSION", "1.0")
        .text("aaa/json", CONFIG)
        .file("aaa/layer.tar", one.bytes())
        .file("bbb/layer.tar", two.bytes())
        .link("ccc/layer.tar", "../aaa/layer.tar")
        .config("ddd.json", CONFIG, two, one, one)
        .manifest("ddd.json", "bbb/layer.tar", "aaa/layer.tar", "ccc/layer.tar");

    SavedImage image = archive.read();

    assertThat(image.layers())
        .extracting(layer -> layer.entries().stream().map(SavedEntry::name).toList())
        .containsExactly(
            List.of("app/lib/", "app/lib/two.jar"), List.of("app/one.jar"), List.of("app/one.jar"));
    assertThat(image.paths()).containsExactly("app/lib/", "app/lib/two.jar", "app/one.jar");
    assertThat(image.config().get("architecture").asText()).isEqualTo("amd64");
  }

  @Test
  void readsTheFormatWithBlobs() throws IOException {
    archive
        .config("blobs/sha256/c0", CONFIG, one)
        .file("blobs/sha256/a1", one.bytes())
        .text("index.json", "{}")
        .text("oci-layout", "{}")
        .manifest("blobs/sha256/c0", "blobs/sha256/a1");

    assertThat(archive.read().paths()).containsExactly("app/one.jar");
  }

  @Test
  void readsTheFormatOfPodman() throws IOException {
    archive
        .file("a1.tar", one.bytes())
        .config("c0.json", CONFIG, one)
        .manifest("c0.json", "a1.tar");

    assertThat(archive.read().paths()).containsExactly("app/one.jar");
  }

  @Test
  void readsCompressedLayersOfOneMemberAndOfSeveral() throws IOException {
    byte[] tar = two.bytes();
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    gzip(members, tar, 0, 700);
    gzip(members, tar, 700, tar.length);
    ByteArrayOutputStream member = new ByteArrayOutputStream();
    gzip(member, one.bytes(), 0, one.bytes().length);
    archive
        .config("blobs/sha256/c0", CONFIG, one, two)
        .file("blobs/sha256/a1", member.toByteArray())
        .file("blobs/sha256/a2", members.toByteArray())
        .manifest("blobs/sha256/c0", "blobs/sha256/a1", "blobs/sha256/a2");

    assertThat(archive.read().layers()).containsExactly(one.saved(), two.saved());
  }

  @Test
  void takesNoLayerForAConfiguration() throws IOException {
    MadeLayer odd = new MadeLayer().file("{}", "1");
    archive
        .config("blobs/sha256/c0", CONFIG, odd)
        .file("blobs/sha256/a1", odd.bytes())
        .manifest("blobs/sha256/c0", "blobs/sha256/a1");

    assertThat(archive.read().paths()).containsExactly("{}");
  }

  @Test
  void tellsAllOfAnEntry() throws IOException {
    MadeLayer layer =
        new MadeLayer()
            .directory(".")
            .directory("./tmp", entry -> entry.setMode(041777))
            .file(
                "./etc/motto",
                "small",
                entry -> {
                  entry.setIds(3_000_000, 7);
                  entry.setModTime(1_500L);
                  entry.addPaxHeader("SCHILY.xattr.security.capability", "\u0001");
                })
            .hardLink("etc/same", "./etc/motto")
            .link("bin", "usr/bin");
    String digest = "sha256:81db8ebbbbc69c6c6ad4a6aa92b76e0c08af547da236b9e2c9dbe1d8285a8130";

    SavedImage image = MadeArchive.image("{}", layer);

    List<SavedEntry> entries = image.layers().get(0).entries();
    assertThat(entries)
        .containsExactly(
            entry("tmp", Type.DIRECTORY, 01777, 0, ""),
            new SavedEntry(
                "etc/motto",
                Type.FILE,
                new Access(0644, 3_000_000, 7, "01"),
                new Content(5, digest),
                Instant.ofEpochMilli(1_500)),
            entry("etc/same", Type.HARD_LINK, 0644, 0, "etc/motto"),
            entry("bin", Type.SYMBOLIC_LINK, 0, 0, "usr/bin"));
  }

  @Test
  void refusesAnArchiveThatLacksSomething() throws IOException {
    archive.config("c.json", CONFIG, one).manifest("c.json", "a/layer.tar");
    assertThatThrownBy(archive::read)
        .isInstanceOf(IOException.class)
        .hasMessage("the archive has no [a/layer.tar]");

    assertThatThrownBy(new MadeArchive().file("a/layer.tar", one.bytes())::read)
        .isInstanceOf(IOException.class)
        .hasMessage("the archive has no [manifest.json]");

    assertThatThrownBy(new MadeArchive().manifest("c.json", "a/layer.tar")::read)
        .isInstanceOf(IOException.class)
        .hasMessage("the archive has no [c.json]");
  }

  @Test
  void refusesLayersThatTheConfigurationDoesNotName() throws IOException {
    archive
        .file("a/layer.tar", one.bytes())
        .config("c.json", CONFIG, two)
        .manifest("c.json", "a/layer.tar");

    assertThatThrownBy(archive::read)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(one.diffId())
        .hasMessageContaining("not those of the image: [" + two.diffId() + "]");
  }

  private static SavedEntry entry(String path, Type type, int mode, long size, String value) {
    return new SavedEntry(
        path, type, new Access(mode, 0, 0, ""), new Content(size, value), Instant.EPOCH);
  }

  private static void gzip(OutputStream out, byte[] bytes, int from, int to) throws IOException {
    GZIPOutputStream gzip = new GZIPOutputStream(out);
    gzip.write(bytes, from, to - from);
    gzip.finish();
  }
}
