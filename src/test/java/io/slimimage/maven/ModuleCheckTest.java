package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;

import io.slimimage.RecordedLog;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleCheckTest {

  private static final String COORDINATES =
      "<groupId>g</groupId><artifactId>a</artifactId><version>1</version>";

  @TempDir private Path root;

  private final RecordedLog log = new RecordedLog();

  private boolean isApplication(TestReactor tree, String mainClass) throws IOException {
    return new ModuleCheck().isApplication(tree.session(0), mainClass, log);
  }

  private TestReactor project(String more) {
    return new TestReactor(root).project("", COORDINATES + more);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "java/Main.java | class Main { public static void main(String[] args) {} }",
        "java/Main.java | class Main { public static void main(String... args) {} }",
        "java/Main.java | void main() { IO.println(1); }",
        "java/Main.java | class Main { static void  main () {} }",
        "kotlin/Main.kt | fun main() = println()",
        "kotlin/Main.kt | suspend fun main(args: Array<String>) {}",
        "groovy/Main.groovy | class Main { static def main(args) {} }",
        "scala/Main.scala | object Main extends App { }",
        "scala/Main.scala | @main def hello(name: String) = println(name)"
      })
  void findsMainMethodsInSources(String file, String text) throws IOException {
    assertThat(isApplication(project("").file("src/main/" + file, text), null)).isTrue();
    assertThat(log.infos()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "src/main/java/Lib.java | class Lib { void mainly() {} void domain() {} int main; }",
        "src/main/resources/notes.txt | static void main(String[] args)",
        "src/test/java/Main.java | class Main { public static void main(String[] args) {} }"
      })
  void aLibraryIsNoApplication(String file, String text) throws IOException {
    assertThat(isApplication(project("").file(file, text), null)).isFalse();
    assertThat(log.infos())
        .singleElement()
        .asString()
        .contains("Skipped: no main class", "'slimimage.mainClass'");
  }

  @Test
  void aProjectWithoutSourcesIsNoApplication() throws IOException {
    assertThat(isApplication(project(""), null)).isFalse();
    assertThat(isApplication(project(""), " ")).isFalse();
  }

  @Test
  void aNamedMainClassNeedsNoSources() throws IOException {
    assertThat(isApplication(project(""), "a.Main")).isTrue();
  }

  @Test
  void theManifestsMainClassNeedsNoSources() throws IOException {
    assertThat(
            isApplication(
                project(
                    "<build><plugins><plugin><artifactId>maven-jar-plugin</artifactId><configuration>"
                        + "<archive><manifest><mainClass>a.Main</mainClass></manifest></archive>"
                        + "</configuration></plugin></plugins></build>"),
                null))
        .isTrue();
  }

  @Test
  void aRepackagedJarOfSpringBootNeedsNoSources() throws IOException {
    assertThat(
            isApplication(
                project(
                    "<build><plugins><plugin><groupId>org.springframework.boot</groupId>"
                        + "<artifactId>spring-boot-maven-plugin</artifactId><executions><execution>"
                        + "<goals><goal>repackage</goal></goals></execution></executions></plugin>"
                        + "</plugins></build>"),
                null))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pom", "war", "ear", "maven-plugin"})
  void otherPackagingsAreSkippedWithALine(String packaging) throws IOException {
    TestReactor tree = project("<packaging>" + packaging + "</packaging>");
    assertThat(isApplication(tree, "a.Main")).isFalse();
    assertThat(log.infos())
        .containsExactly("Skipped: packaging " + packaging + " makes no application");
  }
}
