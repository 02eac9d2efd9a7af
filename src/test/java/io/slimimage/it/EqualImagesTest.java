package io.slimimage.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EqualImagesTest {

  private static final String CONFIG =
      """
      {"User": "65532:65532", "Env": ["A=1", "B=2"], "Entrypoint": ["java", "-jar"]}""";

  @Test
  void areEqualHoweverTheirLayersAreCut() throws IOException {
    SavedImage one =
        MadeArchive.image(
            CONFIG,
            new MadeLayer()
                .directory("app")
                .file("app/a", "a")
                .link("app/l", "a")
                .device("null", 3));
    SavedImage many =
        MadeArchive.image(
            CONFIG,
            new MadeLayer().directory("./app").file("./app/gone", "").link("./app/l", "old"),
            new MadeLayer().directory("app").file("app/.wh.gone", "").file("b", "b"),
            new MadeLayer(),
            new MadeLayer().file(".wh.b", "").file("app/a", "a").link("app/l", "a"),
            new MadeLayer().device("null", 3));

    assertThatCode(equal(one, many)::areEqual).doesNotThrowAnyException();
    assertThatCode(equal(one, many)::timesAreEqual).doesNotThrowAnyException();
  }

  @Test
  void aHardLinkIsEqualToAFile() throws IOException {
    SavedImage linked =
        MadeArchive.image("{}", new MadeLayer().file("a", "text").hardLink("b", "a"));
    SavedImage copied =
        MadeArchive.image("{}", new MadeLayer().file("a", "text").file("b", "text"));

    assertThatCode(equal(linked, copied)::areEqual).doesNotThrowAnyException();
  }

  static Stream<Consumer<TarArchiveEntry>> changes() {
    return Stream.of(
        entry -> entry.setMode(0100664),
        entry -> entry.setMode(0104644),
        entry -> entry.setUserId(65532),
        entry -> entry.setGroupId(65532),
        entry -> entry.addPaxHeader("SCHILY.xattr.security.capability", "x"));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void differByWhoMayDoWhat(Consumer<TarArchiveEntry> change) throws IOException {
    assertDifferent(
        new MadeLayer().file("b", "").file("a", "text"),
        new MadeLayer().file("b", "").file("a", "text", change),
        "1 of 2 files differ:\n  a\n    - file 0644 0:0, 4 bytes, sha256:");
  }

  @Test
  void differByTheAccessToADirectory() throws IOException {
    assertDifferent(
        new MadeLayer().directory("a"),
        new MadeLayer().directory("a", entry -> entry.setMode(040700)),
        "  a\n    - directory 0755 0:0\n    + directory 0700 0:0\n");
  }

  @Test
  void differByContentOfTheSameSizeAndOfAnother() throws IOException {
    assertDifferent(
        new MadeLayer().file("a", "text"),
        new MadeLayer().file("a", "Text"),
        "sha256:982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1\n",
        "+ file 0644 0:0, 4 bytes, sha256:71988c4d8e0803ba4519f0b2864c1331c14a1890bf8694e251379177bfedb5c3\n");
    assertDifferent(
        new MadeLayer().file("a", "text"), new MadeLayer().file("a", "texts"), ", 5 bytes, ");
  }

  @Test
  void differByWhatOnlyOneHas() throws IOException {
    MadeLayer less = new MadeLayer().file("a", "");
    MadeLayer more = new MadeLayer().file("a", "").directory("b");

    assertDifferent(less, more, "  b\n    - is not there\n    + directory 0755 0:0\n");
    assertDifferent(more, less, "  b\n    - directory 0755 0:0\n    + is not there\n");
  }

  @Test
  void differByTypeAndTarget() throws IOException {
    MadeLayer link = new MadeLayer().link("a", "b");

    assertDifferent(link, new MadeLayer().link("a", "c"), "symbolic link 0:0 -> c\n");
    assertDifferent(link, new MadeLayer().file("a", "b"), "    + file 0644 0:0, 1 bytes, ");
    assertDifferent(link, new MadeLayer().directory("a"), "    + directory ");
    assertDifferent(link, new MadeLayer().device("a", 3), "    + character device 0600 0:0 0,3\n");
    assertDifferent(
        new MadeLayer().device("a", 3), new MadeLayer().device("a", 5), "device 0600 0:0 0,5\n");
  }

  @Test
  void differByTheConfiguration() throws IOException {
    MadeLayer layer = new MadeLayer().file("a", "");
    SavedImage image = MadeArchive.image(CONFIG, layer);
    SavedImage other = MadeArchive.image(CONFIG.replace("A=1", "A=2"), layer);

    assertThat(refusal(image, other))
        .hasMessageContaining("1 of 4 configuration fields differ:\n")
        .hasMessageContaining("  Env\n    - [\"A=1\",\"B=2\"]\n    + [\"A=2\",\"B=2\"]\n")
        .hasMessageNotContaining("files differ");
    assertThat(refusal(image, MadeArchive.image("{}", layer)))
        .hasMessageContaining("  User\n    - 65532:65532\n    + is not there\n");
  }

  @Test
  void timesAreComparedByThemselves() throws IOException {
    SavedImage one = MadeArchive.image("{}", new MadeLayer().directory("a").file("a/b", ""));
    SavedImage other =
        MadeArchive.image(
            "{}",
            new MadeLayer()
                .directory("a")
                .file("a/b", "", entry -> entry.setModTime(1_000L))
                .file("a/c", ""));
    EqualImages images = equal(one, other);

    assertThat(refusal(one, other)).hasMessageContaining("1 of 3 files differ:\n  a/c\n");
    assertThatThrownBy(images::timesAreEqual)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(
            "1 of 2 times of files differ:\n"
                + "  a/b\n    - 1970-01-01T00:00:00Z\n    + 1970-01-01T00:00:01Z\n");
  }

  @Test
  void layersAreComparedEachByItself() throws IOException {
    MadeLayer base = new MadeLayer().directory("etc");
    MadeLayer lib = new MadeLayer().directory("app").file("app/lib", "l");
    MadeLayer main = new MadeLayer().directory("app").file("app/main", "m");
    List<String> below = List.of(base.diffId());
    SavedImage image = MadeArchive.image("{}", base, lib, main);
    SavedImage withEmpty = MadeArchive.image("{}", base, lib, new MadeLayer(), main);
    SavedImage otherOrder = MadeArchive.image("{}", base, main, lib);

    assertThatCode(() -> equal(image, withEmpty).layersAreEqualAbove(below))
        .doesNotThrowAnyException();
    assertThatCode(equal(image, otherOrder)::areEqual).doesNotThrowAnyException();
    assertThatThrownBy(() -> equal(image, otherOrder).layersAreEqualAbove(below))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("4 of 6 entries of layers differ:\n  layer 01: app/lib\n");
  }

  @Test
  void layersDifferByTimesAndWhiteouts() throws IOException {
    MadeLayer layer = new MadeLayer().file("a", "");
    SavedImage image = MadeArchive.image("{}", layer);
    SavedImage late =
        MadeArchive.image("{}", new MadeLayer().file("a", "", entry -> entry.setModTime(1_000L)));
    SavedImage whiteout = MadeArchive.image("{}", new MadeLayer().file("a", "").file(".wh.b", ""));

    assertThatThrownBy(() -> equal(image, late).layersAreEqualAbove(List.of()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(", 1970-01-01T00:00:01Z\n");
    assertThatThrownBy(() -> equal(image, whiteout).layersAreEqualAbove(List.of()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("  layer 01: .wh.b\n    - is not there\n");
  }

  @Test
  void layersMustBeAboveTheBase() throws IOException {
    MadeLayer layer = new MadeLayer().file("a", "");
    SavedImage image = MadeArchive.image("{}", layer);

    assertThatThrownBy(() -> equal(image, image).layersAreEqualAbove(List.of("sha256:00")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("[one] is not based on [sha256:00]");
    assertThatThrownBy(() -> equal(image, image).layersAreEqualAbove(List.of(layer.diffId())))
        .isInstanceOf(AssertionError.class)
        .hasMessage("[one] has no layers above its base image");
  }

  @Test
  void showsTheFirstOfManyDifferences() throws IOException {
    MadeLayer many = new MadeLayer().file("same", "");
    IntStream.range(0, 50).forEach(i -> many.file("file%02d".formatted(i), ""));

    AssertionError error =
        refusal(
            MadeArchive.image("{}", new MadeLayer().file("same", "")),
            MadeArchive.image("{}", many));

    assertThat(error)
        .hasMessageStartingWith("[one] (-) and [other] (+) are not equal:")
        .hasMessageContaining("50 of 51 files differ:\n  file00\n")
        .hasMessageContaining("  file19\n")
        .hasMessageNotContaining("file20")
        .hasMessageEndingWith("  and 30 more\n");
  }

  @Test
  void eachIsComparedWithTheFirst() throws IOException {
    SavedImage image = MadeArchive.image("{}", new MadeLayer().file("a", ""));
    SavedImage other = MadeArchive.image("{}", new MadeLayer().file("a", "b"));
    EqualImages images =
        EqualImages.of(List.of("one", "two", "three"), List.of(image, image, other));

    assertThatThrownBy(images::areEqual)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("[one] (-) and [three] (+)");
  }

  @Test
  void nothingIsNotCompared() throws IOException {
    SavedImage nothing = MadeArchive.image("{}", new MadeLayer());

    assertThat(refusal(nothing, nothing)).hasMessageContaining("[one] has no files");
    assertThatThrownBy(() -> EqualImages.of(List.of("one"), List.of(nothing)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[one]");
  }

  private static void assertDifferent(MadeLayer one, MadeLayer other, String... parts)
      throws IOException {
    SavedImage first = MadeArchive.image(CONFIG, one);
    SavedImage second = MadeArchive.image(CONFIG, other);
    assertThat(refusal(first, second)).hasMessageContainingAll(parts);
    assertThatCode(equal(first, first)::areEqual).doesNotThrowAnyException();
    assertThatThrownBy(() -> equal(first, second).layersAreEqualAbove(List.of()))
        .isInstanceOf(AssertionError.class);
  }

  private static AssertionError refusal(SavedImage one, SavedImage other) {
    AssertionError error = catchThrowableOfType(AssertionError.class, equal(one, other)::areEqual);
    assertThat(error).isNotNull();
    return error;
  }

  private static EqualImages equal(SavedImage one, SavedImage other) {
    return EqualImages.of(List.of("one", "other"), List.of(one, other));
  }
}
