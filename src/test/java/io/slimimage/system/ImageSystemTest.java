package io.slimimage.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.system.BaseSystem.Libc;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageSystemTest {

  private static final Map<String, String> NO_ENV = Map.of();

  private final FileSystemTar tar = new FileSystemTar();

  @Test
  void findsNothingInAnEmptyImage() throws IOException {
    assertThat(tar.read()).isEqualTo(ImageSystem.SCRATCH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "usr/lib/x86_64-linux-gnu/libc.so.6",
        "lib/x86_64-linux-gnu/libc.so.6",
        "usr/lib64/libc.so.6",
        "lib/libc.so.6"
      })
  void readsTheVersionOfGlibcFromItsFile(String path) throws IOException {
    BaseSystem base = tar.file(path, FileSystemTar.glibc()).read().base();

    assertThat(base.libc()).isEqualTo(Libc.GLIBC);
    assertThat(base.libcVersion()).matches("2\\.\\d\\d");
    assertThat(base.files()).containsExactly(path);
  }

  @Test
  void followsTheLinksOfAnOlderGlibcInASystemWithOneUsr() throws IOException {
    BaseSystem base =
        tar.link("lib", "usr/lib")
            .link("lib64", "/usr/lib64")
            .file("usr/lib/x86_64-linux-gnu/libc-2.31.so", FileSystemTar.glibc())
            .link("usr/lib/x86_64-linux-gnu/libc.so.6", "libc-2.31.so")
            .link("usr/lib64/ld-linux-x86-64.so.2", "/lib/x86_64-linux-gnu/libc-2.31.so")
            .link("usr/lib/x86_64-linux-gnu/libgone.so.1", "libgone.so.1.2")
            .read()
            .base();

    assertThat(base.libc()).isEqualTo(Libc.GLIBC);
    assertThat(base.links()).isEqualTo(Map.of("lib", "usr/lib", "lib64", "usr/lib64"));
    assertThat(base.files())
        .containsExactly(
            "usr/lib/x86_64-linux-gnu/libc-2.31.so",
            "usr/lib/x86_64-linux-gnu/libc.so.6",
            "usr/lib64/ld-linux-x86-64.so.2");
  }

  @Test
  void takesASecondNameOfAFileForAFile() throws IOException {
    tar.file("lib/libc-2.31.so", FileSystemTar.glibc())
        .hardLink("lib/libc.so.6", "lib/libc-2.31.so");

    assertThat(tar.read().base().libc()).isEqualTo(Libc.GLIBC);
  }

  @Test
  void readsTheVersionOfMuslFromAlpinesPackages() throws IOException {
    ImageSystem alpine =
        tar.file("etc/os-release", "ID=alpine\n")
            .file("lib/ld-musl-x86_64.so.1", "some bytes")
            .link("lib/libc.musl-x86_64.so.1", "ld-musl-x86_64.so.1")
            .file(
                "lib/apk/db/installed",
                "C:Q1=\nP:musl-utils\nV:9.9\n\nC:Q1=\nP:musl\nV:1.2.5-r9\nA:x86_64\n")
            .read();

    assertThat(alpine.base().libc()).isEqualTo(Libc.MUSL);
    assertThat(alpine.base().libcVersion()).isEqualTo("1.2.5");
    assertThat(alpine.traceable()).isTrue();
  }

  @Test
  void isNotMisledByGlibcsNameOnAlpine() throws IOException {
    BaseSystem base =
        tar.file("lib/ld-musl-x86_64.so.1", "some bytes")
            .link("lib/libc.so.6", "ld-musl-x86_64.so.1")
            .link("lib64/ld-linux-x86-64.so.2", "../lib/ld-musl-x86_64.so.1")
            .read()
            .base();

    assertThat(base.libc()).isEqualTo(Libc.MUSL);
    assertThat(base.libcVersion()).isEmpty();
  }

  @Test
  void isNotMisledByMuslBesideGlibc() throws IOException {
    BaseSystem base =
        tar.file("lib/ld-musl-x86_64.so.1", "some bytes")
            .file("lib/x86_64-linux-gnu/libc.so.6", FileSystemTar.glibc())
            .read()
            .base();

    assertThat(base.libc()).isEqualTo(Libc.GLIBC);
  }

  @Test
  void ignoresCLibrariesThatTheSystemDoesNotUse() throws IOException {
    BaseSystem base =
        tar.file("opt/app/lib/libc.so.6", FileSystemTar.glibc())
            .file("opt/musl/lib/ld-musl-x86_64.so.1", "some bytes")
            .read()
            .base();

    assertThat(base.libc()).isEqualTo(Libc.NONE);
  }

  @Test
  void takesADamagedCLibraryForNone() throws IOException {
    byte[] half = Arrays.copyOf(FileSystemTar.glibc(), 5000);

    assertThat(tar.file("lib64/libc.so.6", half).read().base().libc()).isEqualTo(Libc.NONE);
  }

  @Test
  void findsNoCLibraryBesideAStaticShell() throws IOException {
    ImageSystem busybox = tar.program("bin/busybox").link("bin/sh", "busybox").read();

    assertThat(busybox.base().libc()).isEqualTo(Libc.NONE);
    assertThat(busybox.traceable()).isFalse();
  }

  @Test
  void keepsOnlyThePathsThatARuntimeMayNeed() throws IOException {
    BaseSystem distroless =
        tar.directory("tmp")
            .file("etc/passwd", "root:x:0:0:root:/root:/sbin/nologin\n")
            .file("etc/ssl/certs/ca-certificates.crt", "")
            .file("usr/lib/locale/C.utf8/LC_CTYPE", "")
            .file("usr/lib/x86_64-linux-gnu/libz.so.1.2.13", "")
            .link("usr/lib/x86_64-linux-gnu/libz.so.1", "libz.so.1.2.13")
            .file("var/lib/dpkg/status.d/zlib1g", "")
            .file("usr/share/doc/zlib1g/copyright", "")
            .file("usr/share/doc/zlib1g/changelog.Debian.gz", "")
            .program("usr/bin/env")
            .read()
            .base();

    assertThat(distroless.files())
        .containsExactly(
            "etc/passwd",
            "etc/ssl/certs/ca-certificates.crt",
            "usr/lib/locale/C.utf8/LC_CTYPE",
            "usr/lib/x86_64-linux-gnu/libz.so.1",
            "usr/lib/x86_64-linux-gnu/libz.so.1.2.13",
            "usr/share/doc/zlib1g/copyright",
            "var/lib/dpkg/status.d/zlib1g");
  }

  @Test
  void tracesFilesToTheirPackagesWhereTheDistributionIsKnown() throws IOException {
    FileSystemTar unknown = new FileSystemTar().file("var/lib/dpkg/status", "");
    tar.link("etc/os-release", "../usr/lib/os-release").file("usr/lib/os-release", "ID=debian\n");
    tar.file("var/lib/dpkg/status", "");

    assertThat(tar.read().traceable()).isTrue();
    assertThat(unknown.read().traceable()).isFalse();
  }

  @Test
  void findsDebiansJavaBehindItsLinks() throws IOException {
    ImageSystem debian =
        jdk("usr/lib/jvm/java-17", "JAVA_VERSION=\"17.0.19\"\nIMPLEMENTOR=\"Debian\"\n")
            .link("bin", "usr/bin")
            .link("usr/bin/java", "/etc/alternatives/java")
            .link("etc/alternatives/java", "../../usr/lib/jvm/java-17/bin/java")
            .read();

    JavaProgram java = new JavaProgram("usr/lib/jvm/java-17/bin/java", 17, "Debian");
    assertThat(debian.javaOnPath(NO_ENV)).contains(java);
    assertThat(debian.javaOnPath(Map.of("PATH", "/sbin:/bin"))).contains(java);
    assertThat(debian.javaOnPath(Map.of("PATH", "relative:/usr/sbin:"))).isEmpty();
  }

  @Test
  void takesTheFirstJavaOnThePath() throws IOException {
    jdk("opt/java/11", "JAVA_VERSION=\"11.0.2\"\n");
    jdk("opt/java/21", "JAVA_VERSION=\"21\"\n");
    ImageSystem image = tar.link("opt/current", "java/21").read();

    assertThat(image.javaOnPath(Map.of("PATH", "/opt/../opt/current/bin/:/opt/java/11/bin")))
        .map(JavaProgram::release)
        .contains(21);
    assertThat(image.javaAtHome(Map.of("JAVA_HOME", "/opt/java/11/")))
        .map(JavaProgram::release)
        .contains(11);
    assertThat(image.javaAtHome(NO_ENV)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1.8.0_402,8", "9,9", "17.0.15,17", "26-ea,26", "unknown,0", "'',0"})
  void readsTheFeatureRelease(String version, int release) throws IOException {
    ImageSystem image = jdk("usr", "JAVA_VERSION=\"" + version + "\"\r\n").read();

    assertThat(image.javaOnPath(NO_ENV)).map(JavaProgram::release).contains(release);
  }

  @Test
  void findsTheReleaseOfTheJreInAJdk8() throws IOException {
    ImageSystem image =
        tar.file("opt/jdk/release", "JAVA_VERSION=\"1.8.0_402\"\n")
            .program("opt/jdk/jre/bin/java")
            .link("bin/java", "/opt/jdk/jre/bin/java")
            .read();

    assertThat(image.javaOnPath(NO_ENV)).map(JavaProgram::release).contains(8);
  }

  @Test
  void doesNotTakeOtherFilesForJava() throws IOException {
    ImageSystem image =
        tar.file("usr/bin/java", "no program")
            .directory("bin/java")
            .link("sbin/java", "/opt/gone/bin/java")
            .read();

    assertThat(image.java()).isEmpty();
  }

  @Test
  void survivesLinksThatLeadNowhere() throws IOException {
    ImageSystem image =
        tar.link("lib", "lib")
            .link("a", "b")
            .link("b", "a")
            .link("up", "../../..")
            .link("lib64/libc.so.6", "../lib/libc.so.6")
            .read();

    assertThat(image).isEqualTo(ImageSystem.SCRATCH);
  }

  @Test
  void refusesAnArchiveThatEndsEarly() throws IOException {
    byte[] whole = tar.file("a", new byte[5000]).bytes();

    assertThatThrownBy(() -> ImageSystem.read(new ByteArrayInputStream(Arrays.copyOf(whole, 3000))))
        .isInstanceOf(IOException.class);
  }

  private FileSystemTar jdk(String home, String release) {
    return tar.program(home + "/bin/java").file(home + "/release", release);
  }
}
