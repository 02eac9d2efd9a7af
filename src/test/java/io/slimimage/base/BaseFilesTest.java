package io.slimimage.base;

import static io.slimimage.base.LayeredBase.base;
import static io.slimimage.base.LayeredBase.files;
import static io.slimimage.base.TestLayout.gzip;
import static io.slimimage.base.TestLayout.zstd;
import static org.assertj.core.api.Assertions.assertThat;

import io.slimimage.blob.Blob;
import io.slimimage.image.BaseImage;
import io.slimimage.image.MediaTypes;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lays the layers of a base image over each other. */
@Timeout(60)
class BaseFilesTest {

  @Test
  void anImageWithoutLayersHasNoFiles() throws IOException {
    assertThat(files()).isEmpty();
  }

  @Test
  void theTopmostLayerWins() throws IOException {
    assertThat(
            files(
                new TestTar().directory("a", 0700).file("a/x", "1").file("a/y", "1").link("l", "a"),
                new TestTar().directory("a", 0755).program("a/x", "22"),
                new TestTar().file("l", "3").directory("a/y")))
        .containsExactly(
            Map.entry("a/", "755"),
            Map.entry("a/x", "755 22"),
            Map.entry("a/y/", "755"),
            Map.entry("l", "644 3"));
  }

  @Test
  void anEntryBelowNoDirectoryMakesIt() throws IOException {
    assertThat(files(new TestTar().file("./a/b/../c/x", "1")))
        .containsExactly(
            Map.entry("a/", "755"), Map.entry("a/c/", "755"), Map.entry("a/c/x", "644 1"));
  }

  @Test
  void aWhiteoutRemovesAFileADirectoryAndALink() throws IOException {
    assertThat(
            files(
                new TestTar()
                    .file("a", "1")
                    .file("dir/b/c", "1")
                    .file("dir/keep", "1")
                    .link("l", "dir"),
                new TestTar().file(".wh.a", "").file("dir/.wh.b", "").file(".wh.l", "")))
        .containsExactly(Map.entry("dir/", "755"), Map.entry("dir/keep", "644 1"));
  }

  @Test
  void aWhiteoutIsOnlyForLowerLayers() throws IOException {
    TestTar lower = new TestTar().file("d/old", "1").file("f", "1");
    Map<String, String> expected = Map.of("d/", "700", "d/new", "644 2", "f", "644 2");

    assertThat(
            files(
                lower,
                new TestTar()
                    .directory("d", 0700)
                    .file("d/new", "2")
                    .file("f", "2")
                    .file(".wh.d", "")
                    .file(".wh.f", "")))
        .isEqualTo(expected);
    assertThat(
            files(
                lower,
                new TestTar()
                    .file(".wh.d", "")
                    .file(".wh.f", "")
                    .directory("d", 0700)
                    .file("d/new", "2")
                    .file("f", "2")))
        .isEqualTo(expected);
  }

  @Test
  void anOpaqueWhiteoutRemovesAllThatIsLowerWhereverItIs() throws IOException {
    TestTar lower = new TestTar().file("a/b/c/bar", "1").file("a/x", "1").file("z", "1");
    Map<String, String> expected =
        Map.of("a/", "755", "a/b/", "755", "a/b/c/", "755", "a/b/c/foo", "644 2", "z", "644 1");

    assertThat(
            files(
                lower,
                new TestTar()
                    .directory("a")
                    .file("a/.wh..wh..opq", "")
                    .directory("a/b")
                    .directory("a/b/c")
                    .file("a/b/c/foo", "2")))
        .isEqualTo(expected);
    assertThat(
            files(
                lower,
                new TestTar()
                    .directory("a")
                    .directory("a/b")
                    .directory("a/b/c")
                    .file("a/b/c/foo", "2")
                    .file("a/.wh..wh..opq", "")))
        .isEqualTo(expected);
  }

  @Test
  void aWhiteoutOfWhatIsNotThereMakesNothing() throws IOException {
    assertThat(files(new TestTar().file("a/.wh.b", "").file("c/.wh..wh..opq", ""))).isEmpty();
  }

  @Test
  void leavesOutWhatAStorageDriverKeptForItself() throws IOException {
    assertThat(
            files(
                new TestTar()
                    .file(".wh..wh.aufs", "")
                    .directory(".wh..wh.plnk")
                    .file(".wh..wh.plnk/1.2", "x")
                    .file("a", "1")))
        .containsExactly(Map.entry("a", "644 1"));
  }

  @Test
  void anEntryBehindALinkGoesToWhereTheLinkLeads() throws IOException {
    assertThat(
            files(
                new TestTar()
                    .directory("usr/lib")
                    .link("lib", "usr/lib")
                    .link("usr/lib64", "/lib")
                    .link("up", "../../../lib"),
                new TestTar().file("lib/a", "2").file("usr/lib64/b", "2").file("up/c", "2"),
                new TestTar().file("lib/.wh.a", "")))
        .containsExactly(
            Map.entry("lib", "-> usr/lib"),
            Map.entry("up", "-> ../../../lib"),
            Map.entry("usr/", "755"),
            Map.entry("usr/lib/", "755"),
            Map.entry("usr/lib/b", "644 2"),
            Map.entry("usr/lib/c", "644 2"),
            Map.entry("usr/lib64", "-> /lib"));
  }

  @Test
  void aHardLinkHasTheContentThatItsTargetHadThen() throws IOException {
    assertThat(
            files(
                new TestTar().program("a", "first").link("l", "a"),
                new TestTar().hardLink("b", "a").hardLink("dir/c", "./b").hardLink("m", "l"),
                new TestTar().file("a", "second"),
                new TestTar().file(".wh.b", "")))
        .containsExactly(
            Map.entry("a", "644 second"),
            Map.entry("dir/", "755"),
            Map.entry("dir/c", "755 first"),
            Map.entry("l", "-> a"),
            Map.entry("m", "-> a"));
  }

  @Test
  void showsOnlyTheContentsThatAreWanted() throws IOException {
    LayerFindings findings = new LayerFindings(LayeredBase.NOWHERE, path -> path.startsWith("b"));
    ListedFiles listed = new ListedFiles();

    BaseFiles.visit(
        base(new TestTar().file("a", "1").hardLink("b", "a").file("c", "2").bytes()),
        findings,
        listed);

    assertThat(listed.files())
        .containsExactly(Map.entry("a", "644"), Map.entry("b", "644 1"), Map.entry("c", "644"));
  }

  @Test
  void readsALayerNoFurtherThanToTheLastFileThatIsWanted() throws IOException {
    byte[] all = new TestTar().file("a", "1").file("b", "x".repeat(1 << 20)).bytes();
    AtomicLong read = new AtomicLong();
    Blob counted =
        new Blob() {
          @Override
          public long size() {
            return all.length;
          }

          @Override
          public InputStream open() {
            read.set(0);
            return new FilterInputStream(new ByteArrayInputStream(all)) {
              @Override
              public int read(byte[] buffer, int offset, int length) throws IOException {
                int count = super.read(buffer, offset, length);
                read.addAndGet(count);
                return count;
              }
            };
          }
        };
    LayerFindings findings = new LayerFindings(LayeredBase.NOWHERE, "a"::equals);

    Map<String, String> files =
        files(
            LayeredBase.base(List.of(LayeredBase.layer(counted, MediaTypes.LAYER_TAR))), findings);

    assertThat(files).containsExactly(Map.entry("a", "644 1"), Map.entry("b", "644"));
    assertThat(read.get()).isLessThan(all.length / 2);
  }

  @Test
  void keepsDevicesOutOfTheView() throws IOException {
    assertThat(
            files(
                new TestTar().file("null", "1").file("pipe", "1"),
                new TestTar()
                    .special("null", TarConstants.LF_CHR)
                    .special("pipe", TarConstants.LF_FIFO)
                    .special("disk", TarConstants.LF_BLK)
                    .hardLink("disk2", "disk")))
        .isEmpty();
  }

  @Test
  void takesAnAbsolutePathForOneBelowTheRootAsEnginesDo() throws IOException {
    assertThat(files(new TestTar().file("/etc/passwd", "1")))
        .containsExactly(Map.entry("etc/", "755"), Map.entry("etc/passwd", "644 1"));
  }

  @Test
  void theLastOfTwoEntriesCounts() throws IOException {
    assertThat(files(new TestTar().file("a", "first").file("./a", "second")))
        .containsExactly(Map.entry("a", "644 second"));
  }

  @Test
  void readsLongAndForeignNames() throws IOException {
    String name = "ä/" + "n".repeat(200) + "/" + "m".repeat(120);

    assertThat(files(new TestTar().file(name, "1"))).contains(Map.entry(name, "644 1"));
  }

  @Test
  void readsLayersInEveryFormat() throws IOException {
    byte[] one = new TestTar().file("one", "1").bytes();
    byte[] members =
        TestLayout.concat(
            gzip(Arrays.copyOf(one, 700)), gzip(Arrays.copyOfRange(one, 700, one.length)));

    assertThat(
            files(
                base(
                    members,
                    zstd(new TestTar().file("two", "2").bytes()),
                    new TestTar().file("three", "3").bytes())))
        .containsOnlyKeys("one", "two", "three");
  }

  @Test
  void theKeyStandsForTheFiles() {
    byte[] tar = new TestTar().file("a", "1").bytes();
    BaseImage plain = base(tar);

    assertThat(BaseFiles.key(base(gzip(tar)))).isEqualTo(BaseFiles.key(plain));
    assertThat(BaseFiles.key(base(tar, tar))).isNotEqualTo(BaseFiles.key(plain));
    assertThat(BaseFiles.key(base(new TestTar().file("a", "2").bytes())))
        .isNotEqualTo(BaseFiles.key(plain));
  }
}
