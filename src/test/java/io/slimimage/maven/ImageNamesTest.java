package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.image.ImageReference;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageNamesTest {

  private static List<String> names(String image, String... tags) {
    Problems problems = new Problems();
    List<ImageReference> names =
        ImageNames.of(image, Arrays.asList(tags), "My.App", "1.0+build", problems);
    problems.throwIfAny();
    return names.stream().map(ImageReference::familiar).toList();
  }

  @Test
  void theProjectGivesTheName() {
    assertThat(names(null)).containsExactly("my.app:1.0-build");
  }

  @ParameterizedTest
  @CsvSource({
    "app, 1.0, app:1.0",
    "App_Server, 1.0-SNAPSHOT, app_server:1.0-SNAPSHOT",
    "a_-b, 1, a-b:1",
    "a-_b, 1, a-b:1",
    "a___b, 1, a__b:1",
    "a.-b, 1, a.b:1",
    "-a-, 1, a:1",
    "_, 1, image:1",
    "ünï, 1, n:1",
    "app, ${revision}, app:revision-",
    "app, '.-', app:latest"
  })
  void makesNamesValid(String artifactId, String version, String name) {
    assertThat(ImageNames.defaultName(artifactId, version)).isEqualTo(name);
  }

  @Test
  void whateverTheProjectIsCalledTheNameIsValid() {
    Random random = new Random(7);
    String letters = "aB1._-+ $é";
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = 1 + random.nextInt(10); length > 0; length--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      String name = ImageNames.defaultName(text.toString(), text.toString());
      assertThatCode(() -> ImageReference.parse(name))
          .as(text.toString())
          .doesNotThrowAnyException();
    }
  }

  @Test
  void longVersionsAreCut() {
    assertThat(ImageNames.defaultName("a", "1".repeat(300))).hasSize(2 + 128);
  }

  @Test
  void tagsNameTheSameRepository() {
    assertThat(names("registry.example:5000/team/app:1", "1.0", "latest", "1"))
        .containsExactly(
            "registry.example:5000/team/app:1",
            "registry.example:5000/team/app:1.0",
            "registry.example:5000/team/app:latest");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "-x", ".x", "a:b", "a/b"})
  void rejectsTag(String tag) {
    assertThatThrownBy(() -> names("app", "1", tag))
        .hasMessageContaining("'slimimage.tags' [" + tag + "] must be")
        .hasMessageContaining("perhaps you should");
  }

  @Test
  void rejectsTagThatIsMissing() {
    assertThatThrownBy(() -> names("app", (String) null))
        .hasMessageContaining("'slimimage.tags' [null] must be");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void rejectsBlankName(String image) {
    assertThatThrownBy(() -> names(image)).hasMessageContaining("'slimimage.image' is empty");
  }

  @Test
  void rejectsNameWithDigest() {
    assertThatThrownBy(() -> names("app@sha256:" + "0".repeat(64)))
        .hasMessageContaining("has a digest");
  }

  @Test
  void reportsNameAndTagTogether() {
    assertThatThrownBy(() -> names("App", "a b"))
        .hasMessageContaining("2 configuration errors")
        .hasMessageContaining("'slimimage.image' [App]")
        .hasMessageContaining("'slimimage.tags' [a b]");
  }
}
