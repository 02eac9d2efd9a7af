package io.slimimage.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.slimimage.blob.FieldLines;
import io.slimimage.blob.FileDigests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostReadsTest {

  private static final String FONTS = "/usr/share/fonts/truetype/";

  @TempDir Path root;

  private void file(String path, String text) throws IOException {
    Path file = root.resolve(path.substring(1));
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void link(String path, String target) throws IOException {
    Path link = root.resolve(path.substring(1));
    Files.createDirectories(link.getParent());
    Files.deleteIfExists(link);
    Files.createSymbolicLink(link, Path.of(target));
  }

  @FunctionalInterface
  private interface Questions {
    void ask(HostSystem host);
  }

  private List<List<String>> answers(Questions questions) {
    HostReads reads = new HostReads(FileDigests.unkept());
    questions.ask(new HostSystem(root, reads));
    return FieldLines.parse(reads.toText());
  }

  private boolean hold(List<List<String>> answers) {
    return HostReads.hold(answers, root, FileDigests.unkept());
  }

  @Test
  void noteTheContentOfFilesAndWhetherTheyCanBeExecuted() throws IOException {
    file("/lib/libz.so.1", "one");
    List<List<String>> answers = answers(host -> host.find("/lib/libz.so.1"));
    assertThat(hold(answers)).isTrue();

    file("/lib/libz.so.1", "two");
    assertThat(hold(answers)).isFalse();
    file("/lib/libz.so.1", "one");
    assertThat(hold(answers)).isTrue();
    Path library = root.resolve("lib/libz.so.1");
    Files.setPosixFilePermissions(library, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(hold(answers)).isFalse();
    Files.delete(library);
    assertThat(hold(answers)).isFalse();
  }

  @Test
  void noteWhatWasNotThere() throws IOException {
    List<List<String>> answers = answers(host -> host.find("/opt/lib/libz.so.1"));
    assertThat(hold(answers)).isTrue();

    file("/opt/lib/libz.so.1", "there");
    assertThat(hold(answers)).isFalse();
  }

  @Test
  void noteWhereLinksLead() throws IOException {
    file("/usr/lib/libz.so.1.2", "the same");
    file("/usr/lib/libz.so.1.3", "the same");
    link("/usr/lib/libz.so.1", "libz.so.1.2");
    link("/lib", "usr/lib");
    List<List<String>> answers = answers(host -> host.find("/lib/libz.so.1"));
    assertThat(hold(answers)).isTrue();

    link("/usr/lib/libz.so.1", "/lib/libz.so.1.3");
    assertThat(hold(answers)).as("a package may own one and not the other").isFalse();
    link("/usr/lib/libz.so.1", "/lib/libz.so.1.2");
    assertThat(hold(answers)).isTrue();
  }

  @Test
  void noteTheNamesInDirectories() throws IOException {
    file("/etc/ld.so.conf.d/a.conf", "/opt/lib");
    List<List<String>> answers =
        answers(
            host -> {
              host.list("/etc/ld.so.conf.d");
              host.list("/etc/none");
            });
    file("/etc/ld.so.conf.d/a.conf", "another content, which nobody has asked for");
    assertThat(hold(answers)).isTrue();

    file("/etc/ld.so.conf.d/b.conf", "");
    assertThat(hold(answers)).isFalse();
    Files.delete(root.resolve("etc/ld.so.conf.d/b.conf"));
    file("/etc/none/c.conf", "");
    assertThat(hold(answers)).isFalse();
  }

  @Test
  void noteWhichFontsThereAre() throws IOException {
    file(FONTS + "dejavu/DejaVuSans.ttf", "sans");
    file(FONTS + "other/Other.ttf", "other");
    List<List<String>> answers = answers(Fonts::of);
    file(FONTS + "other/Other.ttf", "another content of a font that was not taken");
    assertThat(hold(answers)).isTrue();

    file(FONTS + "dejavu/DejaVuSerif.ttf", "serif");
    assertThat(hold(answers)).isFalse();
    Files.delete(root.resolve(FONTS.substring(1) + "dejavu/DejaVuSerif.ttf"));
    assertThat(hold(answers)).isTrue();
    file(FONTS + "dejavu/DejaVuSans.ttf", "another");
    assertThat(hold(answers)).isFalse();
  }

  @Test
  void noteNothingWhereNobodyWantsIt() throws IOException {
    file("/lib/libz.so.1", "one");
    HostReads unnoted = HostReads.unnoted();
    HostSystem host = new HostSystem(root, unnoted);
    assertThat(host.find("/lib/libz.so.1")).isPresent();
    assertThat(unnoted.toText()).isEmpty();

    assertThat(answers(each -> each.unnoted().find("/lib/libz.so.1"))).isEmpty();
  }

  @Test
  void doNotHoldWhereALineIsNone() {
    assertThat(hold(List.of(List.of("read", "path", "/none", "")))).isTrue();
    assertThat(hold(List.of(List.of("read", "path")))).isFalse();
    assertThat(hold(List.of(List.of("read", "path", "/none", "/none")))).isFalse();
    assertThat(hold(List.of(List.of("read", "size", "/none", "")))).isFalse();
  }
}
