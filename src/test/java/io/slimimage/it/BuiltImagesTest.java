package io.slimimage.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltImagesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "usr/bin/mvn",
        "./usr/share/maven/bin/mvn",
        "usr/lib/jvm/java/bin/javac",
        "app/Main.java",
        "app/pom.xml",
        "m2/gson-2.13.2.pom",
        "root/.m2/",
        "root/.m2/repository/gson.jar"
      })
  void knowWhatIsLeftOfABuild(String path) {
    assertThat(BuiltImages.LEFT_OVER.matcher(path).matches()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"app/plain.jar", "etc/java-17-openjdk/security/java.security", "usr/bin/java"})
  void leaveTheRuntimeAlone(String path) {
    assertThat(BuiltImages.LEFT_OVER.matcher(path).matches()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bin/sh", "usr/bin/bash", "bin/busybox", "sbin/apk", "usr/bin/dpkg", "usr/bin/su"})
  void knowWhatAnIntruderCouldUse(String path) {
    assertThat(BuiltImages.SHELL.matcher(path).matches()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"usr/lib/jvm/java/bin/java", "usr/share/doc/dash/copyright", "usr/bin/"})
  void takeNothingElseForAShell(String path) {
    assertThat(BuiltImages.SHELL.matcher(path).matches()).isFalse();
  }
}
