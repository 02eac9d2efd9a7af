package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.SlimImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  @Test
  void writesNothingWhereOneFileIsToBeKept() throws IOException {
    Path ignored = Files.writeString(root.resolve(".dockerignore"), "mine\n");
    Map<Path, String> texts = new LinkedHashMap<>();
    texts.put(root.resolve("Dockerfile"), "FROM a\n");
    texts.put(ignored, "ours\n");

    assertThatThrownBy(() -> DockerfileMojo.write(texts, true))
        .hasMessageStartingWith(ignored + " exists and is not overwritten");
    assertThat(root.resolve("Dockerfile")).doesNotExist();

    texts.put(ignored, "mine\n");
    DockerfileMojo.write(texts, true);
    assertThat(root.resolve("Dockerfile")).hasContent("FROM a\n");
    DockerfileMojo.write(texts, true);
  }

  @Test
  void addsItsPatternsToAnIgnoreFileOnce() {
    List<String> ours = List.of("**/.git", "target");
    List<String> merged = OwnContext.merged(ours, List.of("*.log"), "!.slimimage/**");

    assertThat(merged).containsExactly("**/.git", "target", "*.log", "!.slimimage/**");
    assertThat(OwnContext.merged(ours, merged, "!.slimimage/**")).isEqualTo(merged);
    assertThat(OwnContext.merged(ours, List.of(), "!.slimimage/**"))
        .containsExactly("**/.git", "target", "!.slimimage/**");
  }
}
