package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PomLabelsTest {

  private static final String COORDINATES =
      "<groupId>g</groupId><artifactId>a</artifactId><version>1</version>";

  @TempDir private Path root;

  private Map<String, String> labels(String more) {
    return PomLabels.of(new TestReactor(root).project("", COORDINATES + more).get(0));
  }

  @Test
  void aPlainProjectHasTitleAndVersion() {
    assertThat(labels(""))
        .containsOnly(
            Map.entry("org.opencontainers.image.title", "a"),
            Map.entry("org.opencontainers.image.version", "1"));
  }

  @Test
  void takesWhatThePomTells() {
    assertThat(
            labels(
                "<name>My App</name><description> of\n   several\tlines </description>"
                    + "<url>https://a.example</url><scm><url>https://git.example/a</url></scm>"
                    + "<organization><name>Team</name></organization>"))
        .containsEntry("org.opencontainers.image.title", "My App")
        .containsEntry("org.opencontainers.image.description", "of several lines")
        .containsEntry("org.opencontainers.image.url", "https://a.example")
        .containsEntry("org.opencontainers.image.source", "https://git.example/a")
        .containsEntry("org.opencontainers.image.vendor", "Team")
        .doesNotContainKey("org.opencontainers.image.licenses");
  }

  @Test
  void joinsLicencesThatHaveAName() {
    assertThat(
            labels(
                "<licenses><license><url>https://l.example</url></license>"
                    + "<license><name>MIT</name></license><license><name> </name></license>"
                    + "<license><name>Apache-2.0</name></license></licenses>"))
        .containsEntry("org.opencontainers.image.licenses", "MIT OR Apache-2.0");
  }
}
