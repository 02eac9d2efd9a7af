package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.api.di.Provides;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoParameter;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a build leaves of the image that an earlier build has made. */
@MojoTest
class FailedBuildTest {

  private static final String POM = "src/test/resources/goals/pom.xml";
  private static final List<String> OF_THE_IMAGE =
      List.of("image.id", "image.digest", "image.json", "image.tar", "image/index.json");
  private static final String BLOB = "image/blobs/sha256/0123";

  @TempDir private static Path root;

  private final Path output = root.resolve("target/slimimage");

  private final MavenSession session =
      new TestReactor(root)
          .project("", "<groupId>g</groupId><artifactId>app</artifactId><version>1</version>")
          .session(0);

  @Provides
  MavenSession session() {
    return session;
  }

  @Provides
  MavenProject project() {
    return session.getCurrentProject();
  }

  @BeforeEach
  void buildBefore() throws IOException {
    Files.createDirectories(output.resolve(BLOB).getParent());
    for (String name : OF_THE_IMAGE) {
      Files.writeString(output.resolve(name), "");
    }
    Files.writeString(output.resolve(BLOB), "");
  }

  private void assertThatOnlyBlobsAreLeft() {
    assertThat(OF_THE_IMAGE).noneMatch(name -> Files.exists(output.resolve(name)));
    assertThat(output.resolve(BLOB)).exists();
  }

  @Test
  @InjectMojo(goal = "build", pom = POM)
  @MojoParameter(name = "engine", value = "embedded")
  @MojoParameter(name = "compression", value = "lzma")
  void aMistakeLeavesNoImage(BuildMojo goal) {
    assertThatThrownBy(goal::execute)
        .isInstanceOf(MojoFailureException.class)
        .hasMessageContaining("lzma");
    assertThatOnlyBlobsAreLeft();
  }

  @Test
  @InjectMojo(goal = "build", pom = POM)
  @MojoParameter(name = "engine", value = "docker")
  @MojoParameter(name = "baseImage", value = "tar://base.tar")
  void aMistakeInABuildByAnEngineDoesNotEither(BuildMojo goal) {
    assertThatThrownBy(goal::execute)
        .isInstanceOf(MojoFailureException.class)
        .hasMessageContaining("tar://base.tar");
    assertThatOnlyBlobsAreLeft();
  }

  @Test
  @InjectMojo(goal = "build", pom = POM)
  @MojoParameter(name = "engine", value = "embedded")
  @MojoParameter(name = "compression", value = "lzma")
  void whatCannotBeRemovedHidesNoMistake(BuildMojo goal) throws IOException {
    Files.delete(output.resolve("image.tar"));
    Files.createDirectories(output.resolve("image.tar/in-the-way"));
    assertThatThrownBy(goal::execute)
        .isInstanceOf(MojoFailureException.class)
        .hasMessageContaining("lzma");
    Files.delete(output.resolve("image.tar/in-the-way"));
    Files.delete(output.resolve("image.tar"));
  }

  @Test
  @InjectMojo(goal = "build", pom = POM)
  void aModuleThatIsNoApplicationAnyMoreHasNoImage(BuildMojo goal)
      throws MojoExecutionException, MojoFailureException {
    goal.project().setPackaging("pom");
    goal.execute();
    assertThatOnlyBlobsAreLeft();
  }

  @Test
  @InjectMojo(goal = "build", pom = POM)
  @MojoParameter(name = "skip", value = "true")
  void aBuildThatIsSkippedChangesNothing(BuildMojo goal)
      throws MojoExecutionException, MojoFailureException {
    goal.execute();
    assertThat(OF_THE_IMAGE).allMatch(name -> Files.exists(output.resolve(name)));
  }
}
