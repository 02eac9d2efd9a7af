package io.slimimage.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DockerfileSyntaxTest {

  @Test
  void valuesKeepWhatTheEngineWouldExpand() {
    assertThat(DockerfileSyntax.quoted("a $b ${c} \"d\" \\ 'e' #f"))
        .isEqualTo("\"a \\$b \\${c} \\\"d\\\" \\\\ 'e' #f\"");
    assertThat(DockerfileSyntax.quoted("")).isEqualTo("\"\"");
    assertThat(DockerfileSyntax.literal("/it's $1 \"q\" \\x"))
        .isEqualTo("/it\\'s \\$1 \\\"q\\\" \\\\x");
  }

  @Test
  void wordsKeepWhatTheShellWouldExpand() {
    assertThat(DockerfileSyntax.shell(List.of("mvn", "-Da=$b c", "it's", "", "-P!x", "ä")))
        .isEqualTo("mvn '-Da=$b c' 'it'\\''s' '' '-P!x' 'ä'");
  }

  @Test
  void execFormIsJson() {
    assertThat(DockerfileSyntax.array(List.of("java", "-Da=\"$b\"", "\\", "ü", "a\nb")))
        .isEqualTo("[\"java\",\"-Da=\\\"$b\\\"\",\"\\\\\",\"ü\",\"a\\nb\"]");
  }

  @Test
  void plainPathsAreCopiedByWords() {
    assertThat(DockerfileSyntax.copy(List.of("project/pom.xml", "project/mvnw"), "./"))
        .isEqualTo("COPY project/pom.xml project/mvnw ./");
  }

  @Test
  void oddPathsAreCopiedByArray() {
    assertThat(DockerfileSyntax.copy(List.of("my app/pom.xml", "ünï"), "my app/"))
        .isEqualTo("COPY [\"my app/pom.xml\",\"ünï\",\"my app/\"]");
  }

  @Test
  void pathsAreNeitherPatternsNorVariables() {
    assertThat(DockerfileSyntax.copy(List.of("a[1]/*$x/it's"), "a[1]/*$x/"))
        .isEqualTo("COPY [\"a[[]1]/[*]\\\\$x/it\\\\'s\",\"a[1]/*\\\\$x/\"]");
  }
}
