package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.SlimImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DockerfileMojoTest {

  private static final String OWN = "app/target/slimimage/context/";
  private static final List<String> FILES = List.of("repository/g/a/1-SNAPSHOT/a-1-SNAPSHOT.jar");

  @TempDir private Path root;

  private Optional<String> warning(String ignored, List<String> files) throws IOException {
    Files.writeString(root.resolve(".dockerignore"), ignored);
    return DockerfileMojo.hidden(root, OWN, files);
  }

  @ParameterizedTest
  @ValueSource(strings = {"**/target", "app/target/", "*\n!app/src", "**/*.jar"})
  void warnsWhereTheRootsIgnoreFileHidesOurFiles(String ignored) throws IOException {
    assertThat(warning(ignored, FILES))
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .contains(root.resolve(".dockerignore").toString(), "[!" + OWN + "**]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"**/target", "*\n!app/src", "**/*.jar"})
  void isSilentOnceTheLineThatItNamesIsThere(String ignored) throws IOException {
    assertThat(warning(ignored + "\n!" + OWN + "**", FILES)).isEmpty();
  }

  @Test
  void isSilentWhereNothingOfOursIsHidden() throws IOException {
    assertThat(DockerfileMojo.hidden(root, OWN, FILES)).isEmpty();
    assertThat(warning("target\n**/*.md", FILES)).isEmpty();
    assertThat(warning("**/target", List.of())).isEmpty();
  }

  @Test
  void tellsABuildDirectoryOutsideOfTheContextByItsPath() {
    Path outside = root.resolveSibling("elsewhere");
    assertThatThrownBy(() -> DockerfileMojo.requireInContext(outside, root, false))
        .isInstanceOf(SlimImageException.class)
        .hasMessageStartingWith("The build directory [" + outside + "] is outside of " + root)
        .hasMessageContaining("'slimimage.dockerfile.directory'");
  }

  @Test
  void tellsAConfiguredDirectoryOutsideOfTheContextByItsParameter() {
    Path outside = root.resolveSibling("elsewhere");
    assertThatThrownBy(() -> DockerfileMojo.requireInContext(outside, root, true))
        .hasMessageStartingWith("'slimimage.dockerfile.directory' [" + outside + "] is outside");
    assertThatCode(() -> DockerfileMojo.requireInContext(root.resolve("docker"), root, true))
        .doesNotThrowAnyException();
  }
}
