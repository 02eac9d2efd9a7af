package io.slimimage.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.it.SavedImage.Entry;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFilesTest {

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
    assertThat(ImageFiles.LEFT_OVER.matcher(path).matches()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"app/plain.jar", "etc/java-17-openjdk/security/java.security", "usr/bin/java"})
  void leaveTheRuntimeAlone(String path) {
    assertThat(ImageFiles.LEFT_OVER.matcher(path).matches()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bin/sh", "usr/bin/bash", "bin/busybox", "sbin/apk", "usr/bin/dpkg", "usr/bin/su"})
  void knowWhatAnIntruderCouldUse(String path) {
    assertThat(ImageFiles.SHELL.matcher(path).matches()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"usr/lib/jvm/java/bin/java", "usr/share/doc/dash/copyright", "usr/bin/"})
  void takeNothingElseForAShell(String path) {
    assertThat(ImageFiles.SHELL.matcher(path).matches()).isFalse();
  }

  @Test
  void leaveNothingOpenButTheTemporaryDirectoryAndTheHome() {
    Entry temporary = new Entry("tmp/", 01777);
    Entry java = new Entry("opt/java/bin/java", 0755);
    assertThatCode(files(temporary, java)::holdNothingForAnIntruder).doesNotThrowAnyException();

    Entry home = new Entry("home/nonroot/", 01777);
    assertThatCode(files(temporary, home)::holdNothingForAnIntruder).doesNotThrowAnyException();

    assertRefused(files(java)::holdNothingForAnIntruder);
    assertRefused(files(new Entry("tmp/", 0777))::holdNothingForAnIntruder);
    assertRefused(files(temporary, new Entry("app/", 0777))::holdNothingForAnIntruder);
    assertRefused(files(temporary, new Entry("usr/bin/mount", 04755))::holdNothingForAnIntruder);
  }

  @Test
  void belongToPackages() {
    ImageFiles files = files(file("lib/libz.so.1"), file("usr/share/doc/zlib1g/copyright"));
    List<String> licence = List.of("usr/share/doc/zlib1g/copyright");
    SystemPackages zlib = new SystemPackages(licence, List.of("usr/lib/libz.so.1"));

    assertThatCode(() -> files.belongTo(zlib)).doesNotThrowAnyException();
    assertRefused(() -> files(file("lib/libz.so.1")).belongTo(zlib));
    assertRefused(() -> files.belongTo(new SystemPackages(licence, List.of())));
    List<String> more = List.of("usr/lib/libz.so.1", "usr/lib/libm.so.6");
    assertRefused(() -> files.belongTo(new SystemPackages(licence, more)));
  }

  @Test
  void addOnlyWhatTheBaseLacks() {
    Entry jvm = file("opt/java/lib/server/libjvm.so");
    Entry zlib = file("lib/libz.so.1");
    assertThatCode(() -> files(jvm, zlib).addOnlyWhatIsMissing(0)).doesNotThrowAnyException();

    assertRefused(() -> files(zlib).addOnlyWhatIsMissing(0));
    assertRefused(() -> files(jvm, file("lib64/ld-linux-x86-64.so.2")).addOnlyWhatIsMissing(0));
    List<Entry> base = List.of(file("usr/lib/libz.so.1"));
    SavedImage twice = new SavedImage(List.of(base, List.of(jvm, zlib)));
    assertRefused(() -> new ImageFiles("image", twice).addOnlyWhatIsMissing(1));
  }

  private static ImageFiles files(Entry... entries) {
    return new ImageFiles("image", new SavedImage(List.of(List.of(entries))));
  }

  private static Entry file(String path) {
    return new Entry(path, 0644);
  }

  private static void assertRefused(ThrowingCallable check) {
    assertThatThrownBy(check).isInstanceOf(AssertionError.class);
  }
}
