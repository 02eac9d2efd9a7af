package io.slimimage.modules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.SlimImageException;
import io.slimimage.TestJdks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdkTest {

  @TempDir private Path home;

  @Test
  void readsTheJdkThatRuns() {
    Jdk jdk = TestJdks.running();
    assertThat(jdk.feature()).isEqualTo(Runtime.version().feature());
    assertThat(jdk.release().get("JAVA_VERSION")).doesNotContain("\"");
    assertThat(jdk.jlink()).isExecutable();
    assertThat(jdk.hasJmods()).isEqualTo(Files.isDirectory(jdk.home().resolve("jmods")));
  }

  @Test
  void refusesADirectoryWithoutRelease() {
    assertThatThrownBy(() -> Jdk.at(home))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContainingAll(home.toString(), "no file release", ", perhaps you should ");
  }

  @Test
  void refusesAReleaseWithoutVersion() throws IOException {
    release("IMPLEMENTOR=\"Somebody\"\n");
    assertThatThrownBy(() -> Jdk.at(home)).hasMessageContaining("no JAVA_VERSION");
  }

  @Test
  void refusesAJavaWithoutModules() throws IOException {
    release("JAVA_VERSION=\"1.8.0_442\"\n");
    assertThatThrownBy(() -> Jdk.at(home))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("release 8");
  }

  @Test
  void tellsAJreByItsMissingJlink() throws IOException {
    release("JAVA_VERSION=\"21\"\r\n");
    Files.createDirectories(home.resolve("lib"));
    Files.writeString(home.resolve("lib/modules"), "");
    Jdk jre = Jdk.at(home);
    assertThat(jre.feature()).isEqualTo(21);
    assertThatThrownBy(jre::jlink)
        .isInstanceOf(SlimImageException.class)
        .hasMessageContainingAll("is a JRE", "slimimage.runtime=jre");
  }

  private void release(String content) throws IOException {
    Files.writeString(home.resolve("release"), content);
  }
}
