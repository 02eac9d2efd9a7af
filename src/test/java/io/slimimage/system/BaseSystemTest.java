package io.slimimage.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.SlimImageException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes into an image whose base has something already. */
class BaseSystemTest {

  private static final String HOST = "/lib/x86_64-linux-gnu";
  private static final Map<String, String> MERGED = Map.of("lib", "usr/lib", "lib64", "usr/lib64");

  @TempDir Path work;

  private TestSystem system() {
    return TestSystem.glibc(work, HOST, "2.36")
        .runtime("lib/libzip.so", TestLibrary.needing("libz.so.1"))
        .library(HOST + "/libz.so.1", TestLibrary.needing("libm.so.6"))
        .library(HOST + "/libm.so.6", TestLibrary.needing("libc.so.6"))
        .file("/etc/os-release", "PRETTY_NAME=\"Debian\"\n");
  }

  private static BaseSystem merged(String version, String... more) {
    TreeSet<String> files = new TreeSet<>();
    files.add("usr/lib/x86_64-linux-gnu/libc.so.6");
    files.add("usr/lib/x86_64-linux-gnu/libm.so.6");
    files.add("usr/lib64/ld-linux-x86-64.so.2");
    files.add("etc/passwd");
    for (String file : more) {
      files.add(file);
    }
    return new BaseSystem("debian:12-slim", BaseSystem.Libc.GLIBC, version, files, MERGED);
  }

  @Test
  void getsOnlyTheLibrariesThatItLacksBesideItsOwn() {
    TestSystem system = system().base(merged("2.36"));

    assertThat(system.entries().keySet())
        .containsExactly(
            "usr/lib/locale/C.utf8/LC_CTYPE",
            "usr/lib/x86_64-linux-gnu/libgcc_s.so.1",
            "usr/lib/x86_64-linux-gnu/libz.so.1");
  }

  @Test
  void getsNothingIfItHasEverything() {
    TestSystem system =
        system()
            .base(
                merged(
                    "2.36",
                    "usr/lib/x86_64-linux-gnu/libgcc_s.so.1",
                    "usr/lib/x86_64-linux-gnu/libz.so.1",
                    "usr/lib/locale/C.utf8/LC_CTYPE"));

    assertThat(system.entries()).isEmpty();
  }

  @Test
  void putsLibrariesWhereAnotherDistributionLooks() {
    TreeSet<String> files = new TreeSet<>();
    files.add("usr/lib64/libc.so.6");
    files.add("usr/lib64/ld-linux-x86-64.so.2");
    TestSystem system =
        system().base(new BaseSystem("fedora", BaseSystem.Libc.GLIBC, "2.39", files, MERGED));

    assertThat(system.libraries())
        .containsExactly("usr/lib64/libgcc_s.so.1", "usr/lib64/libm.so.6", "usr/lib64/libz.so.1");
  }

  @Test
  void refusesAnotherCLibrary() {
    TreeSet<String> files = new TreeSet<>();
    files.add("lib/ld-musl-x86_64.so.1");
    BaseSystem alpine =
        new BaseSystem("alpine:3.22", BaseSystem.Libc.MUSL, "1.2.5", files, Map.of());

    assertThatThrownBy(() -> system().base(alpine).entries())
        .isInstanceOf(SlimImageException.class)
        .hasMessage(
            "The Java runtime needs the GNU C library, but the base image [alpine:3.22] has musl,"
                + " perhaps you should use another slimimage.baseImage, or build with a JDK made"
                + " for that one");
    assertThatThrownBy(() -> TestSystem.musl(work).base(merged("2.36")).entries())
        .hasMessageStartingWith("The Java runtime needs musl, but the base image [debian:12-slim]");
  }

  @Test
  void refusesACLibraryOfAnotherProcessor() {
    TreeSet<String> files = new TreeSet<>();
    files.add("usr/lib/aarch64-linux-gnu/libc.so.6");
    files.add("usr/lib/ld-linux-aarch64.so.1");
    BaseSystem foreign = new BaseSystem("debian:arm", BaseSystem.Libc.GLIBC, "2.36", files, MERGED);

    assertThatThrownBy(() -> system().base(foreign).entries())
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("has no C library for x86-64")
        .hasMessageContaining("[/lib64/ld-linux-x86-64.so.2]");
  }

  @Test
  void refusesAnOlderCLibraryThanTheRuntimeNeeds() {
    TestSystem system =
        system()
            .runtime(
                "lib/libzip.so",
                TestLibrary.needing("libz.so.1").version("libc.so.6", "GLIBC_2.34"));

    assertThat(system.base(merged("2.34")).libraries()).hasSize(2);
    assertThat(system.base(merged("2.100")).libraries()).hasSize(2);
    assertThatThrownBy(() -> system.base(merged("2.31")).entries())
        .isInstanceOf(SlimImageException.class)
        .hasMessage(
            "[libzip.so] needs GLIBC_2.34, but the base image [debian:12-slim] has 2.31, perhaps"
                + " you should use a newer slimimage.baseImage, or an older builder image");
  }

  @Test
  void refusesALibraryOfTheHostThatIsTooNew() {
    TestSystem system =
        system()
            .library(
                HOST + "/libz.so.1",
                TestLibrary.needing("libm.so.6").version("libc.so.6", "GLIBC_2.35"));

    assertThatThrownBy(() -> system.base(merged("2.31")).entries())
        .isInstanceOf(SlimImageException.class)
        .hasMessageStartingWith("[libz.so.1] needs GLIBC_2.35, but the base image");
  }

  @Test
  void refusesAPartOfAnotherCLibrary() {
    TestSystem system =
        system()
            .library(
                HOST + "/libz.so.1",
                TestLibrary.needing("libm.so.6").version("libc.so.6", "GLIBC_PRIVATE"));

    assertThat(system.base(merged("2.36")).libraries()).hasSize(2);
    assertThatThrownBy(() -> system.base(merged("2.37")).entries())
        .isInstanceOf(SlimImageException.class)
        .hasMessageStartingWith("[libz.so.1] needs the very GLIBC_2.36, but the base image");
  }

  @Test
  void staysAsItIsWhereItHasNoCLibraryButOtherFiles() {
    TreeSet<String> files = new TreeSet<>();
    files.add("etc/passwd");
    files.add("etc/os-release");
    BaseSystem base = new BaseSystem("distroless/static", BaseSystem.Libc.NONE, "", files, MERGED);

    assertThat(system().base(base).entries())
        .doesNotContainKeys("etc/passwd", "etc/os-release")
        .containsKeys(
            "tmp", "usr/lib64/ld-linux-x86-64.so.2", "usr/lib/x86_64-linux-gnu/libc.so.6");
  }
}
