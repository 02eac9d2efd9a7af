package io.slimimage.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserEnvironmentTest {

  @TempDir Path directory;

  @Test
  void asksHomeBeforeJavasUserHome() {
    UserEnvironment environment = new UserEnvironment(Map.of("HOME", "/a"), Path.of("/b"), false);

    assertThat(environment.homes()).containsExactly(Path.of("/a"), Path.of("/b"));
  }

  @Test
  void namesOneHomeOnce() {
    UserEnvironment environment = new UserEnvironment(Map.of("HOME", "/a"), Path.of("/a"), false);

    assertThat(environment.homes()).containsExactly(Path.of("/a"));
  }

  @Test
  void livesWithoutAnyHome() {
    assertThat(new UserEnvironment(Map.of("HOME", " "), null, false).homes()).isEmpty();
  }

  @Test
  void findsProgramsInTheFirstDirectoryThatHasThem() throws Exception {
    Path second = program(directory.resolve("two/tool"));
    program(directory.resolve("three/tool"));
    Path notExecutable = directory.resolve("one/tool");
    Files.createDirectories(notExecutable.getParent());
    Files.createFile(notExecutable);
    String path = directory + "/one:relative::" + directory + "/two:" + directory + "/three";

    assertThat(new UserEnvironment(Map.of("PATH", path), null, false).findProgram("tool"))
        .contains(second);
    assertThat(new UserEnvironment(Map.of("PATH", path), null, false).findProgram("other"))
        .isEmpty();
    assertThat(new UserEnvironment(Map.of(), null, false).findProgram("tool")).isEmpty();
  }

  @Test
  void doesNotRunProgramsOfTheCurrentDirectory() {
    UserEnvironment environment = new UserEnvironment(Map.of("PATH", ".:bin"), null, false);

    assertThat(environment.findProgram("mvnw")).isEmpty();
  }

  @Test
  void addsExtensionsOnWindowsAndIgnoresTheCaseOfNames() throws Exception {
    Path wrapper = program(directory.resolve("docker-credential-desktop.cmd"));
    program(directory.resolve("docker-credential-desktop"));
    UserEnvironment environment =
        new UserEnvironment(Map.of("Path", "\"" + directory + "\";C:\\x"), null, true);

    assertThat(environment.findProgram("docker-credential-desktop")).contains(wrapper);

    Path executable = program(directory.resolve("docker-credential-desktop.exe"));
    assertThat(environment.findProgram("docker-credential-desktop")).contains(executable);
  }

  @Test
  void refusesAVariableThatIsNoPath() {
    UserEnvironment environment = new UserEnvironment(Map.of("DOCKER_CONFIG", "a\0b"), null, false);

    assertThatThrownBy(() -> environment.path("DOCKER_CONFIG"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("[DOCKER_CONFIG]");
  }

  @Test
  void showsNoVariables() {
    UserEnvironment environment =
        new UserEnvironment(Map.of("TOKEN", "s3cret"), Path.of("/home/me"), false);

    assertThat(environment).hasToString("environment of the user at /home/me");
  }

  private static Path program(Path file) throws Exception {
    Files.createDirectories(file.getParent());
    Files.createFile(file);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
