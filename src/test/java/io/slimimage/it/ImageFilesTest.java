package io.slimimage.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.NullNode;
import io.slimimage.it.SavedEntry.Access;
import io.slimimage.it.SavedEntry.Content;
import io.slimimage.it.SavedEntry.Type;
import java.time.Instant;
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
    SavedEntry temporary = entry("tmp/", 01777);
    SavedEntry java = entry("opt/java/bin/java", 0755);
    assertThatCode(files(temporary, java)::holdNothingForAnIntruder).doesNotThrowAnyException();

    SavedEntry home = entry("home/nonroot/", 01777);
    assertThatCode(files(temporary, home)::holdNothingForAnIntruder).doesNotThrowAnyException();

    assertRefused(files(java)::holdNothingForAnIntruder);
    assertRefused(files(entry("tmp/", 0777))::holdNothingForAnIntruder);
    assertRefused(files(temporary, entry("app/", 0777))::holdNothingForAnIntruder);
    assertRefused(files(temporary, entry("usr/bin/mount", 04755))::holdNothingForAnIntruder);
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
    SavedEntry jvm = file("opt/java/lib/server/libjvm.so");
    SavedEntry zlib = file("lib/libz.so.1");
    assertThatCode(() -> files(jvm, zlib).addOnlyWhatIsMissing(0)).doesNotThrowAnyException();

    assertRefused(() -> files(zlib).addOnlyWhatIsMissing(0));
    assertRefused(() -> files(jvm, file("lib64/ld-linux-x86-64.so.2")).addOnlyWhatIsMissing(0));
    List<SavedEntry> base = List.of(file("usr/lib/libz.so.1"));
    assertRefused(() -> image(base, List.of(jvm, zlib)).addOnlyWhatIsMissing(1));
  }

  private static ImageFiles files(SavedEntry... entries) {
    return image(List.of(entries));
  }

  @SafeVarargs
  private static ImageFiles image(List<SavedEntry>... layers) {
    List<SavedLayer> saved =
        List.of(layers).stream().map(layer -> new SavedLayer("", layer)).toList();
    return new ImageFiles("image", new SavedImage(NullNode.getInstance(), saved));
  }

  private static SavedEntry file(String path) {
    return entry(path, 0644);
  }

  private static SavedEntry entry(String name, int mode) {
    boolean directory = name.endsWith("/");
    return new SavedEntry(
        directory ? name.substring(0, name.length() - 1) : name,
        directory ? Type.DIRECTORY : Type.FILE,
        new Access(mode, 0, 0, ""),
        new Content(0, ""),
        Instant.EPOCH);
  }

  private static void assertRefused(ThrowingCallable check) {
    assertThatThrownBy(check).isInstanceOf(AssertionError.class);
  }
}
