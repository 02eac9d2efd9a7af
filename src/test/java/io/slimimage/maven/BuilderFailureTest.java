package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;

import io.slimimage.SlimImageException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuilderFailureTest {

  private static final SlimImageException ENGINE = new SlimImageException("the engine's words");

  private static SlimImageException explain(String stage, String lines) {
    return BuilderFailure.explain(stage, lines.lines().toList(), ENGINE);
  }

  @Test
  void showsTheCompilersErrorsOnce() {
    SlimImageException failure =
        explain(
            "builder",
            """
            [INFO] BUILD FAILURE
            [ERROR] COMPILATION ERROR :
            [ERROR] /build/src/main/java/a/Main.java:[7,5] cannot find symbol
            [ERROR] Failed to execute goal org.apache.maven.plugins:maven-compiler-plugin:3.15.0:compile (default-compile) on project app: Compilation failure
            [ERROR] /build/src/main/java/a/Main.java:[7,5] cannot find symbol
            [ERROR] -> [Help 1]
            [ERROR]
            [ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch.
            [ERROR] Re-run Maven using the -X switch to enable full debug logging.
            [ERROR] [Help 1] http://cwiki.apache.org/confluence/display/MAVEN/MojoFailureException
            """);
    assertThat(failure)
        .hasMessage(
            """
            The application's build failed in the stage 'builder':
              src/main/java/a/Main.java:[7,5] cannot find symbol
              Compilation failure
            perhaps you should run 'mvn package' on this machine, or this goal with -X to see all \
            that the stage printed""")
        .hasCause(ENGINE);
  }

  @Test
  void showsTheFailingTest() {
    SlimImageException failure =
        explain(
            "test",
            """
            [ERROR] Tests run: 1, Failures: 1, Errors: 0, Skipped: 0, Time elapsed: 0.1 s <<< FAILURE! -- in a.ArithmeticTest
            [ERROR] Failures:
            [ERROR]   ArithmeticTest.adds:12 expected: <3> but was: <2>
            [ERROR] Failed to execute goal org.apache.maven.plugins:maven-surefire-plugin:3.5.6:test (default-test) on project app: There are test failures.
            [ERROR]
            [ERROR] See /build/target/surefire-reports for the individual test results.
            """);
    assertThat(failure.getMessage())
        .contains("the stage 'test':\n  ArithmeticTest.adds:12 expected: <3> but was: <2>\n")
        .contains("'mvn test'")
        .doesNotContain("surefire-reports", "There are test failures");
  }

  @Test
  void thisPluginsOwnSentenceStandsAlone() {
    assertThat(
            explain(
                "builder",
                "[ERROR] Failed to execute goal io.slimimage:slimimage-maven-plugin:0.1.0:layers"
                    + " (default-cli) on project app: Several classes have a main method: a.A, b.B,"
                    + " perhaps you should set 'slimimage.mainClass' to one of them -> [Help 1]"))
        .hasMessage(
            "Several classes have a main method: a.A, b.B, perhaps you should set"
                + " 'slimimage.mainClass' to one of them");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/sh: 1: mvn: not found", "sh: line 1: mvn: command not found"})
  void saysThatTheImageHasNoMaven(String line) {
    assertThat(explain("builder", line))
        .hasMessage(
            "The builder image has no 'mvn' on its PATH, perhaps you should name an image with a"
                + " JDK and Maven by 'slimimage.builder.image'")
        .hasCause(ENGINE);
  }

  @Test
  void aFailureOfAnotherKindStaysTheEngines() {
    assertThat(explain("builder", "Killed\n")).isSameAs(ENGINE);
    assertThat(explain("builder", "")).isSameAs(ENGINE);
  }

  @Test
  void onlyTheRootOfTheStageIsCutOff() {
    assertThat(
            explain("builder", "[ERROR] /build/tools/build/src/A.java: odd, see (/build/pom.xml)")
                .getMessage())
        .contains("  tools/build/src/A.java: odd, see (pom.xml)\n");
  }

  @Test
  void aFloodOfErrorsIsCut() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      lines.append("[ERROR] A.java:[").append(i).append(",1] wrong\n");
    }
    List<String> shown = explain("builder", lines.toString()).getMessage().lines().toList();
    assertThat(shown).hasSize(32);
    assertThat(shown.get(30)).contains("[29,1]");
  }
}
