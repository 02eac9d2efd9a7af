package io.slimimage.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MavenRunsTest {

  private static final String START = "\u001b[0m[INFO] Scanning for projects...\n";
  private static final String FAILURE =
      "\u001b[1;31m[ERROR]\u001b[m image [A] is wrong, perhaps you should not\n";

  @TempDir private Path basedir;

  @Test
  void acceptTheSameErrorInEveryRun() throws IOException {
    MavenRuns runs = log(START + FAILURE + START + FAILURE);

    assertThatCode(() -> runs.failWith("image [A]").advise().showNoStackTrace().leaveNoImage())
        .doesNotThrowAnyException();
  }

  @Test
  void missAnErrorThatOnlyOneRunReports() throws IOException {
    MavenRuns runs = log(START + FAILURE + START + "[ERROR] something else\n");

    assertThatThrownBy(() -> runs.failWith("image [A]")).isInstanceOf(AssertionError.class);
  }

  @Test
  void canBeTheLastOneAlone() throws IOException {
    MavenRuns runs = log(START + "[INFO] BUILD SUCCESS\n" + START + FAILURE);

    assertThatCode(() -> runs.last().failWith("image [A]")).doesNotThrowAnyException();
    assertThatThrownBy(() -> runs.last().say("SUCCESS")).isInstanceOf(AssertionError.class);
  }

  @Test
  void canBeAskedOneByOne() throws IOException {
    MavenRuns runs = log(START + "[INFO] one\n" + START + FAILURE + START + "[INFO] a 3\n[INFO] 3");

    assertThatCode(() -> runs.only(2).failWith("image [A]")).doesNotThrowAnyException();
    assertThat(runs.only(1).find("(?<=INFO. )\\w+$")).containsExactly("one");
    assertThat(runs.only(3).find("\\d")).containsExactly("3", "3");
    assertThat(runs.only(3).find("one")).isEmpty();
  }

  @Test
  void tellWhetherABuildHasBegun() throws IOException {
    assertThatCode(() -> log(START + FAILURE).buildNothing()).doesNotThrowAnyException();

    MavenRuns runs = log(START + "[INFO] Building with Docker Engine 28, BuildKit\n" + FAILURE);
    assertThatThrownBy(runs::buildNothing).isInstanceOf(AssertionError.class);
  }

  @Test
  void countOnlyErrors() throws IOException {
    MavenRuns runs = log(START + "[INFO] image [A]\n[ERROR] something else\n");

    assertThatThrownBy(() -> runs.failWith("image [A]")).isInstanceOf(AssertionError.class);
  }

  @Test
  void findAStackTraceOfOurs() throws IOException {
    MavenRuns runs = log(START + FAILURE + "    at io.slimimage.maven.BuildMojo.execute(B.java:1)");

    assertThatThrownBy(runs::showNoStackTrace).isInstanceOf(AssertionError.class);
  }

  @Test
  void allowTheStackTraceOfAFailingTest() throws IOException {
    MavenRuns runs =
        log(START + FAILURE + "\tat io.slimimage.samples.bad.ArithmeticTest.add(A.java:9)");

    assertThatCode(runs::showNoStackTrace).doesNotThrowAnyException();
  }

  @Test
  void findAResultThatIsLeftBehind() throws IOException {
    MavenRuns runs = log(START + FAILURE);
    Path output = Files.createDirectories(basedir.resolve("target/slimimage"));
    Files.writeString(output.resolve("image.json"), "{");

    assertThatThrownBy(runs::leaveNoImage).isInstanceOf(AssertionError.class);
  }

  private MavenRuns log(String text) throws IOException {
    Files.writeString(basedir.resolve("build.log"), text, Charset.defaultCharset());
    return MavenRuns.of(basedir.toFile());
  }
}
