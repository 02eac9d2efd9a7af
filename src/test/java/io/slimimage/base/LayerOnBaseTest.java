package io.slimimage.base;

import static io.slimimage.base.LayeredBase.findings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.SlimImageException;
import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import io.slimimage.blob.Records;
import io.slimimage.image.BaseImage;
import io.slimimage.image.ImageLayer;
import io.slimimage.layer.Layer;
import io.slimimage.layer.LayerEntry;
import io.slimimage.layer.LayerEntry.Directory;
import io.slimimage.layer.LayerEntry.File;
import io.slimimage.layer.LayerEntry.Symlink;
import io.slimimage.layer.LayerRole;
import io.slimimage.layer.LayerSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fits layers to the directories and links of a base image. */
class LayerOnBaseTest {

  private static final Blob CONTENT = Blob.of(new byte[] {1});

  private static final TestTar DEBIAN =
      new TestTar()
          .directory("home")
          .directory("srv", 0700)
          .directory("tmp", 01777)
          .directory("usr")
          .directory("usr/lib")
          .directory("usr/lib/a\nb\\c\t")
          .directory("var/tmp")
          .link("lib", "usr/lib")
          .link("lib64", "/lib/")
          .link("odd", "usr/lib/a\nb\\c\t")
          .link("spool", "var/tmp/../tmp")
          .link("root", "/")
          .link("gone", "nowhere")
          .link("file-link", "file")
          .link("loop", "loop")
          .file("file", "1")
          .file("usr/lib/libz.so", "1");

  @TempDir private Path directory;
  private Records records;
  private BaseImage debian;

  @BeforeEach
  void create() {
    records = new Records(directory);
    debian = LayeredBase.base(DEBIAN_BYTES);
  }

  private static final byte[] DEBIAN_BYTES = DEBIAN.bytes();

  private static LayerSource on(BaseImage base, LayerSource source, Records records) {
    return BaseFiles.on(base, List.of(source), findings(records)).get(0);
  }

  @Test
  void leavesALayerOnScratchAlone() throws IOException {
    LayerSource source = source(new Directory("app", 0755));

    assertThat(on(BaseImage.scratch(debian.platform()), source, records)).isSameAs(source);
  }

  @Test
  void leavesOutDirectoriesThatTheBaseHas() throws IOException {
    assertThat(
            placed(
                new Directory("opt", 0755),
                new File("opt/x", 0644, CONTENT),
                new Directory("srv", 0755),
                new File("srv/x", 0644, CONTENT),
                new Directory("usr", 0755),
                new Directory("usr/lib", 0755),
                new Directory("usr/lib/new", 0755)))
        .containsExactly(
            new Directory("opt", 0755),
            new File("opt/x", 0644, CONTENT),
            new File("srv/x", 0644, CONTENT),
            new Directory("usr/lib/new", 0755));
  }

  @Test
  void keepsADirectoryForWhichSomebodyAskedForAnotherMode() throws IOException {
    assertThat(
            placed(
                new Directory("home", 0755),
                new Directory("home/nonroot", 01777),
                new Directory("srv", 01777),
                new Directory("tmp", 01777)))
        .containsExactly(
            new Directory("home/nonroot", 01777),
            new Directory("srv", 01777),
            new Directory("tmp", 01777));
  }

  @Test
  void followsTheLinksOfTheBase() throws IOException {
    assertThat(
            placed(
                new Directory("lib", 0755),
                new Directory("lib/new", 0755),
                new Symlink("lib/new/l", "../x"),
                new File("lib/x", 0644, CONTENT),
                new Directory("lib64", 0755),
                new File("lib64/y", 0755, CONTENT),
                new Directory("odd", 0755),
                new File("odd/z", 0644, CONTENT),
                new Directory("root", 0755),
                new File("root/top", 0644, CONTENT),
                new Directory("spool", 01777),
                new File("spool/s", 0644, CONTENT)))
        .containsExactly(
            new File("top", 0644, CONTENT),
            new File("usr/lib/a\nb\\c\t/z", 0644, CONTENT),
            new Directory("usr/lib/new", 0755),
            new Symlink("usr/lib/new/l", "../x"),
            new File("usr/lib/x", 0644, CONTENT),
            new File("usr/lib/y", 0755, CONTENT),
            new Directory("var/tmp", 01777),
            new File("var/tmp/s", 0644, CONTENT))
        .isSortedAccordingTo(java.util.Comparator.comparing(LayerEntry::path));
  }

  @Test
  void replacesFilesAndLinksAsCopyDoes() throws IOException {
    assertThat(
            placed(
                new File("file", 0755, CONTENT),
                new File("gone", 0644, CONTENT),
                new Symlink("lib", "opt"),
                new Directory("usr", 0755),
                new Directory("usr/lib", 0755),
                new Symlink("usr/lib/libz.so", "x")))
        .containsExactly(
            new File("file", 0755, CONTENT),
            new File("gone", 0644, CONTENT),
            new Symlink("lib", "opt"),
            new Symlink("usr/lib/libz.so", "x"));
  }

  @Test
  void refusesAPathBelowAFile() {
    assertRefused(
        "[/file/x] of the layer [extra] is to be in base image [test] and cannot be there, since"
            + " [/file] leads to a file or to nothing",
        new File("file/x", 0644, CONTENT));
    assertRefused("since [/file] leads to a file", new Directory("file", 0755));
    assertRefused("since [/file-link] leads to a file", new File("file-link/x", 0644, CONTENT));
    assertRefused("since [/gone] leads to a file or to nothing", new Directory("gone", 0755));
    assertRefused("since [/loop/a] leads to a file", new File("loop/a/b", 0644, CONTENT));
    assertRefused("since [/usr/lib/libz.so] leads to", new Directory("usr/lib/libz.so", 01777));
  }

  @Test
  void refusesToHideADirectory() {
    assertRefused(
        "[/srv] of the layer [extra] is to be in base image [test] and is a directory there,"
            + " perhaps you should give it another name",
        new File("srv", 0644, CONTENT));
    assertRefused(
        "[/lib/new]", new File("lib/new", 0644, CONTENT), new Directory("usr/lib/new", 0755));
    assertRefused("is a directory there", new Symlink("home", "srv"));
  }

  @Test
  void refusesTwoFilesForOnePlace() {
    assertRefused(
        "is the same as [/lib/x] there, perhaps you should remove one of the two from the layer",
        new File("lib/x", 0644, CONTENT),
        new File("usr/lib/x", 0755, CONTENT));
  }

  @Test
  void theKeyNeedsNeitherTheLayerNorTheBase() throws IOException {
    BaseImage unreadable = new BaseImage("x", debian.platform(), "{}", List.of(unreadable()));
    LayerSource source = unmade("1");

    Digest key = on(unreadable, source, records).key();

    assertThat(key)
        .isEqualTo(on(debian, source, records).key())
        .isNotEqualTo(source.key())
        .isNotEqualTo(on(debian, unmade("2"), records).key())
        .isNotEqualTo(on(LayeredBase.base(new TestTar().bytes()), source, records).key());
    assertThat(on(debian, source, records).role()).isEqualTo(LayerRole.EXTRA);
  }

  @Test
  void readsTheBaseOnceForAllLayersAndBuilds() throws IOException {
    AtomicInteger opened = new AtomicInteger();
    ImageLayer layer = debian.layers().get(0);
    Blob counted =
        new Blob() {
          @Override
          public long size() {
            return layer.content().size();
          }

          @Override
          public InputStream open() throws IOException {
            opened.incrementAndGet();
            return layer.content().open();
          }
        };
    BaseImage base =
        new BaseImage(
            "x",
            debian.platform(),
            "{}",
            List.of(new ImageLayer(layer.descriptor(), layer.diffId(), counted)));
    LayerSource source = source(new File("lib/x", 0644, CONTENT));

    List<LayerSource> sources =
        BaseFiles.on(base, List.of(source, source, source), findings(records));
    assertThat(opened).hasValue(0);
    sources.stream()
        .parallel()
        .forEach(
            it -> {
              try {
                assertThat(it.layer().entries())
                    .containsExactly(new File("usr/lib/x", 0644, CONTENT));
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    on(base, source, records).layer();

    assertThat(opened).hasValue(1);
  }

  @Test
  void needsNotReadABaseWhosePathsWereReadWithItsFiles() throws IOException {
    BaseFiles.visit(debian, findings(records), new ListedFiles());
    BaseImage unreadable = new BaseImage("x", debian.platform(), "{}", List.of(unreadable()));
    LayerSource source = source(new File("lib/x", 0644, CONTENT));

    assertThat(on(unreadable, source, records).layer().entries())
        .containsExactly(new File("usr/lib/x", 0644, CONTENT));
  }

  private ImageLayer unreadable() {
    ImageLayer layer = debian.layers().get(0);
    Blob content =
        new Blob() {
          @Override
          public long size() {
            return 1;
          }

          @Override
          public InputStream open() {
            throw new AssertionError("not to be read");
          }
        };
    return new ImageLayer(layer.descriptor(), layer.diffId(), content);
  }

  private void assertRefused(String message, LayerEntry... entries) {
    assertThatThrownBy(() -> placed(entries))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining(message)
        .hasMessageContaining(", perhaps you should ");
  }

  private List<LayerEntry> placed(LayerEntry... entries) throws IOException {
    return on(debian, source(entries), records).layer().entries();
  }

  private static LayerSource source(LayerEntry... entries) {
    return new Source(Digest.sha256(new byte[] {1}), new Layer(LayerRole.EXTRA, List.of(entries)));
  }

  private static LayerSource unmade(String key) {
    return new Source(Digest.sha256(key.getBytes(java.nio.charset.StandardCharsets.UTF_8)), null);
  }

  private record Source(Digest key, Layer made) implements LayerSource {

    @Override
    public LayerRole role() {
      return LayerRole.EXTRA;
    }

    @Override
    public Layer layer() {
      assertThat(made).as("a layer that is not to be made").isNotNull();
      return made;
    }
  }
}
