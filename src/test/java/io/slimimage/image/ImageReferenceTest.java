package io.slimimage.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {

  private static final String HEX = "0123456789abcdef".repeat(4);
  private static final String DIGEST = "sha256:" + HEX;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nginx",
        "nginx:latest",
        "library/nginx",
        "docker.io/nginx",
        "docker.io/library/nginx",
        "index.docker.io/nginx:latest",
        "index.docker.io/library/nginx",
        "registry-1.docker.io/library/nginx",
        "Docker.IO/nginx"
      })
  void knowsAllNamesOfADockerHubImage(String name) {
    ImageReference reference = ImageReference.parse(name);

    assertThat(reference).isEqualTo(new ImageReference("docker.io", "library/nginx", "latest", ""));
    assertThat(reference.familiar()).isEqualTo("nginx:latest");
    assertThat(reference.canonical()).isEqualTo("docker.io/library/nginx:latest");
    assertThat(reference.isDockerHub()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "team/app:1.0, docker.io, team/app, 1.0, team/app:1.0",
    "localhost/app, localhost, app, latest, localhost/app:latest",
    "localhost:5000/app:2, localhost:5000, app, 2, localhost:5000/app:2",
    "host:5000/a/b/c:t_1.-x, host:5000, a/b/c, t_1.-x, host:5000/a/b/c:t_1.-x",
    "ghcr.io/team/app, ghcr.io, team/app, latest, ghcr.io/team/app:latest",
    "127.0.0.1:1/x, 127.0.0.1:1, x, latest, 127.0.0.1:1/x:latest",
    "[::1]:5000/x, [::1]:5000, x, latest, [::1]:5000/x:latest",
    "app:UPPER, docker.io, library/app, UPPER, app:UPPER",
    "my__app/a-b--c.d_e, docker.io, my__app/a-b--c.d_e, latest, my__app/a-b--c.d_e:latest",
    "library/a/b, docker.io, library/a/b, latest, library/a/b:latest",
    "app:5000, docker.io, library/app, 5000, app:5000"
  })
  void tellsRegistryRepositoryAndTagApart(
      String name, String registry, String repository, String tag, String familiar) {
    ImageReference reference = ImageReference.parse(name);

    assertThat(reference).isEqualTo(new ImageReference(registry, repository, tag, ""));
    assertThat(reference.familiar()).isEqualTo(familiar);
    assertThat(ImageReference.parse(reference.familiar())).isEqualTo(reference);
    assertThat(ImageReference.parse(reference.canonical())).isEqualTo(reference);
  }

  @Test
  void keepsTagAndDigestTogether() {
    ImageReference reference = ImageReference.parse("host:1/app:2@" + DIGEST);

    assertThat(reference).isEqualTo(new ImageReference("host:1", "app", "2", DIGEST));
    assertThat(reference).hasToString("host:1/app:2@" + DIGEST);
  }

  @Test
  void needsNoTagBesideADigest() {
    ImageReference reference = ImageReference.parse("app@" + DIGEST);

    assertThat(reference.tag()).isEmpty();
    assertThat(reference.familiar()).isEqualTo("app@" + DIGEST);
    assertThat(reference.canonical()).isEqualTo("docker.io/library/app@" + DIGEST);
  }

  @Test
  void rejectsUpperCaseRepositoryAndSaysWhatToWrite() {
    assertThatThrownBy(() -> ImageReference.parse("slimimage.image", "Foo/Bar:1"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(
            "slimimage.image [Foo/Bar:1] must be in the form '[host[:port]/]path[:tag][@digest]'")
        .hasMessageContaining("lower case")
        .hasMessageEndingWith("perhaps you should write [foo/bar:1]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "app:",
        "app:-x",
        ":1",
        "/app",
        "app/",
        "a//b",
        "a_-b",
        "-app",
        "app-",
        "a..b",
        "a___b",
        "app@",
        "app@sha256:1234",
        "app@sha256",
        "a b",
        "app:a b",
        "http://host/app",
        "host:/app",
        "host:99999/app",
        "ho_st.x/app",
        "app:1:2",
        "app@x@y",
        "übung"
      })
  void rejectsWhatIsNoReference(String value) {
    assertThatThrownBy(() -> ImageReference.parse(value))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("image reference [" + value + "]");
  }

  @Test
  void rejectsWhatEnginesTakeForAnId() {
    assertThatThrownBy(() -> ImageReference.parse(HEX)).isInstanceOf(ConfigurationException.class);
    assertThat(ImageReference.parse("team/" + HEX).repository()).isEqualTo("team/" + HEX);
  }

  @Test
  void rejectsTooLongNamesAndTags() {
    assertThatThrownBy(() -> ImageReference.parse("a".repeat(256)))
        .isInstanceOf(ConfigurationException.class);
    assertThatThrownBy(() -> ImageReference.parse("a:" + "t".repeat(129)))
        .isInstanceOf(ConfigurationException.class);
    assertThat(ImageReference.parse("a:" + "t".repeat(128)).tag()).hasSize(128);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "  "})
  void saysThatANameIsEmpty(String value) {
    assertThatThrownBy(() -> ImageReference.parse("slimimage.tags", value))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("slimimage.tags is empty");
  }

  @Test
  void replacesTagAndDigest() {
    ImageReference reference = ImageReference.parse("host:1/app:2@" + DIGEST).withTag("3");

    assertThat(reference.familiar()).isEqualTo("host:1/app:3");
    assertThatThrownBy(() -> reference.withTag("a/b"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("tag [a/b] of image [host:1/app]");
  }
}
