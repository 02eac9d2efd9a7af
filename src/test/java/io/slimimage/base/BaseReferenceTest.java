package io.slimimage.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.ConfigurationException;
import io.slimimage.image.ImageReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class BaseReferenceTest {

  private static final String FORMS =
      "must be 'scratch', the name of an image '[host[:port]/]path[:tag][@digest]',"
          + " 'docker://NAME', 'oci://DIRECTORY[:TAG]' or 'tar://FILE'";

  @TempDir private Path directory;

  @Test
  void knowsScratch() {
    assertThat(parse(" scratch ")).isEqualTo(new BaseReference.Scratch());
    assertThat(parse("scratch").name()).isEqualTo("scratch");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "debian:12-slim",
        "localhost:5000/team/base",
        "registry.example:8443/a/b@sha256:"
            + "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
      })
  void takesAnImagesNameForOneOfARegistry(String name) {
    assertThat(parse(name)).isEqualTo(new BaseReference.Registry(ImageReference.parse(name)));
  }

  @Test
  void takesTheNameOfAnImageThatAnEngineHas() {
    BaseReference reference = parse("docker://localhost:5000/team/base:1");

    assertThat(reference)
        .isEqualTo(new BaseReference.Engine(ImageReference.parse("localhost:5000/team/base:1")));
    assertThat(reference.name()).isEqualTo("docker://localhost:5000/team/base:1");
  }

  @ParameterizedTest
  @CsvSource({
    "tar://base.tar,base.tar",
    "tar://some/base.tar.gz,some/base.tar.gz",
    "tar://base:1.tar,base:1.tar",
    "tar://../base.tar,../base.tar",
    "tar:///base.tar,/base.tar"
  })
  void resolvesTheFileOfAnArchive(String value, String path) {
    assertThat(parse(value)).isEqualTo(new BaseReference.Archive(directory.resolve(path)));
  }

  @ParameterizedTest
  @CsvSource({
    "oci://layout,layout,''",
    "oci:///layout,/layout,''",
    "oci://some/layout:1.0,some/layout,1.0",
    "oci:///layout:latest,/layout,latest",
    "oci://layout:docker.io/library/debian:12,layout,docker.io/library/debian:12",
    "oci://C:/layout:1.0,C:/layout,1.0",
    "'oci://C:\\layout:1.0','C:\\layout',1.0",
    "oci:///C:/layout,/C:/layout,''"
  })
  void tellsTheTagFromTheDirectoryOfALayout(String value, String path, String tag) {
    assertThat(parse(value)).isEqualTo(new BaseReference.Layout(directory.resolve(path), tag));
  }

  @Test
  void findsTheDirectoryWhoseNameHasAColon() throws IOException {
    Path there = Files.createDirectories(directory.resolve("build:7/layout:1"));

    assertThat(parse("oci://build:7/layout:1")).isEqualTo(new BaseReference.Layout(there, ""));
    assertThat(parse("oci://build:7/layout:1:latest"))
        .isEqualTo(new BaseReference.Layout(there, "latest"));
    assertThat(parse("oci://" + there)).isEqualTo(new BaseReference.Layout(there, ""));
  }

  @Test
  void namesALayoutWithItsTag() {
    assertThat(parse("oci:///layout:1").name()).isEqualTo("oci:///layout:1");
    assertThat(parse("tar:///base.tar").name()).isEqualTo("tar:///base.tar");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        " ",
        "Debian:12",
        "debian 12",
        "docker://",
        "docker://Debian",
        "oci://",
        "oci://:1",
        "oci://layout:",
        "tar://",
        "tar://a\0b",
        "oci://a\0b"
      })
  void refusesWhatHasNoneOfTheForms(String value) {
    assertThatThrownBy(() -> parse(value))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("'slimimage.baseImage' [" + (value == null ? "" : value.strip()))
        .hasMessageContaining(FORMS)
        .hasMessageContaining(", perhaps you should ");
  }

  @ParameterizedTest
  @CsvSource({
    "docker-archive:base.tar,tar://base.tar",
    "oci-archive:base.tar,tar://base.tar",
    "oci:layout:1.0,oci://layout:1.0",
    "docker-daemon:debian:12,docker://debian:12",
    "https://registry.example/base:1,registry.example/base:1"
  })
  void tellsHowToWriteWhatOtherToolsWriteOtherwise(String value, String ours) {
    assertThatThrownBy(() -> parse(value))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("'slimimage.baseImage' [" + value + "]")
        .hasMessageContaining("perhaps you should write [" + ours + "]");
  }

  @Test
  void listsTheSchemesThatThereAre() {
    assertThatThrownBy(() -> parse("docker-daemon://debian:12"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "'slimimage.baseImage' [docker-daemon://debian:12] has the unknown scheme"
                + " [docker-daemon], perhaps you should write [docker://NAME],"
                + " [oci://DIRECTORY[:TAG]], [tar://FILE] or, of a registry, the image's name"
                + " alone");
  }

  private BaseReference parse(String value) {
    return BaseReference.parse(value, directory);
  }
}
