package io.slimimage.layer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import io.slimimage.blob.FileDigests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerSourceTest {

  private static final FileDigests DIGESTS = FileDigests.unkept();

  @TempDir private Path directory;

  private static LayerEntry directory(String path) {
    return new LayerEntry.Directory(path, 0755);
  }

  private static LayerEntry file(String path, int mode, String text) {
    return new LayerEntry.File(path, mode, Blob.of(text.getBytes(UTF_8)));
  }

  private static LayerEntry link(String path, String target) {
    return new LayerEntry.Symlink(path, target);
  }

  private static Digest key(LayerEntry... entries) throws IOException {
    return source(LayerRole.EXTRA, entries).key();
  }

  private static LayerSource source(LayerRole role, LayerEntry... entries) {
    return LayerSource.of(new Layer(role, List.of(entries)), DIGESTS);
  }

  @Test
  void equalEntriesHaveEqualKeysInAnyLayer() throws IOException {
    LayerEntry[] entries = {directory("a"), file("a/b", 0644, "x"), link("c", "/a")};
    LayerSource extra = source(LayerRole.EXTRA, entries);
    assertThat(extra.key()).isEqualTo(source(LayerRole.APPLICATION, entries.clone()).key());
    assertThat(extra.role()).isEqualTo(LayerRole.EXTRA);
    assertThat(extra.layer().entries()).containsExactly(entries);
  }

  /** A key of two layers would put the one into images where the other is meant. */
  @Test
  void otherEntriesHaveOtherKeys() throws IOException {
    Digest x = Digest.sha256("x".getBytes(UTF_8));
    List<List<LayerEntry>> lists =
        List.of(
            List.of(),
            List.of(directory("a")),
            List.of(directory("a"), directory("b")),
            List.of(directory("b"), directory("a")),
            List.of(directory("a\nd 755 1:b")),
            List.of(directory("a 1:b")),
            List.of(new LayerEntry.Directory("a", 0700)),
            List.of(new LayerEntry.Directory("a", 01755)),
            List.of(file("a", 0755, "x")),
            List.of(file("a", 0644, "x")),
            List.of(file("a", 0644, "y")),
            List.of(file("a", 0644, "")),
            List.of(file("a " + x, 0644, "x")),
            List.of(file("a", 0644, "x"), file("b", 0644, "x")),
            List.of(file("a " + x + "\nf 644 1:b", 0644, "x")),
            List.of(link("a", "b")),
            List.of(link("a", "b c")),
            List.of(link("a 1:b", "c")),
            List.of(link("a", "1:b c")),
            List.of(link("a b", "c")),
            List.of(link("a", "b\nl 1:c 1:d")),
            List.of(link("a", "b"), link("c", "d")),
            List.of(link("ä", "b")),
            List.of(link("a\u0308", "b")));
    Map<Digest, List<LayerEntry>> keys = new HashMap<>();
    for (List<LayerEntry> list : lists) {
      Digest key = key(list.toArray(LayerEntry[]::new));
      assertThat(keys.put(key, list)).as("also has the key of %s", list).isNull();
    }
  }

  @Test
  void theKeyIsThatOfTheFilesNow() throws IOException {
    Path file = Files.writeString(directory.resolve("f"), "one");
    LayerEntry entry = new LayerEntry.File("f", 0644, Blob.of(file));
    LayerSource source = source(LayerRole.EXTRA, entry);
    Digest first = source.key();
    assertThat(source.key()).isEqualTo(first).isEqualTo(key(file("f", 0644, "one")));
    Files.writeString(file, "two");
    assertThat(source.key()).isNotEqualTo(first);
    Files.writeString(file, "one");
    Files.setLastModifiedTime(file, FileTime.fromMillis(1));
    assertThat(source.key()).isEqualTo(first);
  }

  @Test
  void contentsThatKnowWhatTheyAreMadeFromAreNotRead() throws IOException {
    Blob made =
        new Blob() {
          @Override
          public long size() {
            return 1;
          }

          @Override
          public InputStream open() {
            throw new AssertionError("was read");
          }

          @Override
          public Digest key(FileDigests digests) {
            return Digest.sha256(new byte[] {1});
          }
        };
    LayerEntry entry = new LayerEntry.File("f", 0644, made);
    assertThat(key(entry)).isEqualTo(key(entry));
  }
}
