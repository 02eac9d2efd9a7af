package io.slimimage.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.SlimImageException;
import io.slimimage.TestJars;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which libraries an image needs, on systems of every layout. */
class SystemLibrariesTest {

  private static final String DEBIAN = "/lib/x86_64-linux-gnu";
  private static final String LOADER = "lib64/ld-linux-x86-64.so.2";

  @TempDir Path work;

  private TestSystem debian() {
    return TestSystem.glibc(work, DEBIAN, "2.36");
  }

  @Test
  void findsLibrariesOfLibraries() {
    TestSystem system =
        debian()
            .runtime("lib/libzip.so", TestLibrary.needing("libz.so.1", "libjvm.so", "libc.so.6"))
            .library(DEBIAN + "/libz.so.1", TestLibrary.needing("libm.so.6"))
            .library("/usr" + DEBIAN + "/libm.so.6", TestLibrary.needing("libc.so.6"));

    assertThat(system.libraries())
        .containsExactly(
            "lib/x86_64-linux-gnu/libc.so.6",
            "lib/x86_64-linux-gnu/libgcc_s.so.1",
            "lib/x86_64-linux-gnu/libz.so.1",
            LOADER,
            "usr/lib/x86_64-linux-gnu/libm.so.6");
    assertThat(system.log.warnings()).isEmpty();
  }

  @Test
  void takesTheBytesBehindLinksWhereUsrIsMerged() {
    new TestSystem(work)
        .file("/usr/lib/os-release", "")
        .file("/usr/lib64/README", "")
        .link("/lib", "usr/lib")
        .link("/lib64", "usr/lib64");
    TestSystem system =
        debian()
            .runtime("lib/libzip.so", TestLibrary.needing("libz.so.1"))
            .library("/usr/lib/x86_64-linux-gnu/libz.so.1.2", TestLibrary.needing("libc.so.6"))
            .link("/usr/lib/x86_64-linux-gnu/libz.so.1", "libz.so.1.2");

    assertThat(system.libraries())
        .containsExactly(
            "lib/x86_64-linux-gnu/libc.so.6",
            "lib/x86_64-linux-gnu/libgcc_s.so.1",
            "lib/x86_64-linux-gnu/libz.so.1",
            LOADER);
    assertThat(system.log.warnings()).isEmpty();
  }

  @Test
  void findsLibrariesOfFedora() {
    TestSystem system =
        TestSystem.glibc(work, "/lib64", "2.39")
            .runtime("lib/libzip.so", TestLibrary.needing("libz.so.1"))
            .library("/usr/lib64/libz.so.1", TestLibrary.needing("libc.so.6"))
            .library("/lib/libz.so.1", TestLibrary.needing("libc.so.6").machine(3));

    assertThat(system.libraries())
        .containsExactly(LOADER, "lib64/libc.so.6", "lib64/libgcc_s.so.1", "usr/lib64/libz.so.1");
  }

  @Test
  void movesALibraryThatOnlyTheConfigurationFinds() {
    TestSystem system =
        debian()
            .file("/etc/ld.so.conf", "include ld.so.conf.d/*.conf\n")
            .file("/etc/ld.so.conf.d/own.conf", "# ours\n/opt/own/lib\n")
            .runtime("lib/libzip.so", TestLibrary.needing("libz.so.1"))
            .library("/opt/own/lib/libz.so.1", TestLibrary.needing("libc.so.6"));

    assertThat(system.libraries()).contains("lib/x86_64-linux-gnu/libz.so.1");
  }

  @Test
  void passesOverLibrariesOfOtherProcessors() {
    TestSystem system =
        debian()
            .runtime("lib/libzip.so", TestLibrary.needing("libz.so.1"))
            .library(DEBIAN + "/libz.so.1", TestLibrary.needing().machine(183))
            .library("/usr/lib/libz.so.1", TestLibrary.needing());

    assertThat(system.libraries()).contains("lib/x86_64-linux-gnu/libz.so.1");
    assertThat(TestSystem.text(system.entries().get("lib/x86_64-linux-gnu/libz.so.1")))
        .isEqualTo(new String(TestLibrary.needing().bytes()));
  }

  @Test
  void followsSearchPaths() {
    TestSystem system =
        debian()
            .runtime("lib/libzip.so", TestLibrary.needing("liba.so").runPath("$ORIGIN/../lib"))
            .library(DEBIAN + "/liba.so", TestLibrary.needing("libb.so").runPath("$ORIGIN/own"))
            .library(DEBIAN + "/own/libb.so", TestLibrary.needing("libc.so.6"));

    assertThat(system.libraries()).contains("lib/x86_64-linux-gnu/own/libb.so");
  }

  @Test
  void takesTheNameServicesOfAnOldLibrary() {
    for (String name : new String[] {"libnss_files.so.2", "libnss_dns.so.2", "libresolv.so.2"}) {
      debian().library(DEBIAN + "/" + name, TestLibrary.needing("libc.so.6"));
    }

    assertThat(TestSystem.glibc(work, DEBIAN, "2.31").libraries())
        .contains(
            "lib/x86_64-linux-gnu/libnss_files.so.2",
            "lib/x86_64-linux-gnu/libnss_dns.so.2",
            "lib/x86_64-linux-gnu/libresolv.so.2");
    assertThat(TestSystem.glibc(work, DEBIAN, "2.34").libraries())
        .noneMatch(path -> path.contains("nss"));
  }

  @Test
  void hasHostsFilesAskedBeforeDnsWhereTheLibraryDoesNotDoSoItself() {
    assertThat(TestSystem.glibc(work.resolve("old"), DEBIAN, "2.35").entries())
        .hasEntrySatisfying(
            "etc/nsswitch.conf",
            file -> assertThat(TestSystem.text(file)).contains("hosts: files dns\n"));
    assertThat(TestSystem.glibc(work.resolve("new"), DEBIAN, "2.36").entries())
        .doesNotContainKey("etc/nsswitch.conf");
    assertThat(TestSystem.musl(work.resolve("musl")).entries())
        .doesNotContainKey("etc/nsswitch.conf");
  }

  @Test
  void needsOnlyTheLoaderOfMusl() {
    TestSystem system =
        TestSystem.musl(work)
            .file("/etc/ld-musl-x86_64.path", "/lib:/opt/lib\n")
            .runtime("lib/libzip.so", TestLibrary.needing("libz.so.1", "libc.musl-x86_64.so.1"))
            .library("/opt/lib/libz.so.1", TestLibrary.needing("libc.so", "libpthread.so.0"));

    assertThat(system.libraries()).containsExactly("lib/ld-musl-x86_64.so.1", "lib/libz.so.1");
    assertThat(system.entries()).doesNotContainKey("usr/lib/locale/C.utf8/LC_CTYPE");
    assertThat(system.log.warnings()).isEmpty();
  }

  @Test
  void refusesWhereTheJvmCannotStart() {
    TestSystem system =
        debian().runtime("lib/server/libjvm.so", TestLibrary.needing("libstdc++.so.6"));

    assertThatThrownBy(system::entries)
        .isInstanceOf(SlimImageException.class)
        .hasMessage(
            "The Java runtime's [libjvm.so] needs [libstdc++.so.6], which this system lacks,"
                + " perhaps you should install it where the image is built, or set"
                + " slimimage.runtime=jre");
  }

  @Test
  void warnsOfWhatOnlyAnOptionalPartNeeds() {
    TestSystem system = debian().runtime("lib/libawt_xawt.so", TestLibrary.needing("libX11.so.6"));

    assertThat(system.libraries()).hasSize(3);
    assertThat(system.log.warnings())
        .singleElement()
        .asString()
        .startsWith("[libawt_xawt.so] needs [libX11.so.6], which this system does not have");
  }

  @Test
  void findsWhatNativeCodeInJarsNeeds() {
    byte[] jar =
        TestJars.jar()
            .add("linux/x86_64/libown.so", TestLibrary.needing("libz.so.1", "libb.so").bytes())
            .add("linux/x86_64/libb.so", TestLibrary.needing("libc.so.6").bytes())
            .add("linux/aarch64/libown.so", TestLibrary.needing("libq.so").machine(183).bytes())
            .add("linux/musl/libown.so", TestLibrary.needing("libq.so", "libc.so").bytes())
            .add("win/own.dll", "MZ")
            .bytes();
    TestSystem system =
        debian().jar("own-1.0.jar", jar).library(DEBIAN + "/libz.so.1", TestLibrary.needing());

    assertThat(system.libraries()).hasSize(4).contains("lib/x86_64-linux-gnu/libz.so.1");
    assertThat(system.log.warnings()).isEmpty();
  }

  @Test
  void warnsOfAJarWhoseNativeCodeNeedsMore() {
    byte[] jar = TestJars.jar().add("libown.so", TestLibrary.needing("libq.so.3").bytes()).bytes();
    TestSystem system = debian().jar("own-1.0.jar", jar);

    assertThat(system.libraries()).hasSize(3);
    assertThat(system.log.warnings())
        .singleElement()
        .asString()
        .startsWith("[libown.so] in [own-1.0.jar] needs [libq.so.3], which this system does not");
  }

  @Test
  void warnsOfAJarWithNativeCodeForOthersOnly() {
    byte[] jar =
        TestJars.jar()
            .add("a/libown.so", TestLibrary.needing("libc.so.6").machine(183).bytes())
            .add("b/libown.so", TestLibrary.needing("libc.musl-x86_64.so.1").bytes())
            .add("own.dll", "MZ")
            .bytes();
    TestSystem system = debian().jar("own-1.0.jar", jar);
    system.entries();

    assertThat(system.log.warnings())
        .containsExactly(
            "The jar [own-1.0.jar] has native code for AArch64, Windows, x86-64 with musl, but"
                + " none for x86-64 with the GNU C library, perhaps you should use its variant for"
                + " that platform, if the application needs it");
  }

  @Test
  void saysNothingOfTheVariantsOfALibraryThatFits() {
    byte[] fits = TestJars.jar().add("libown_x86_64.so", TestLibrary.needing().bytes()).bytes();
    byte[] other =
        TestJars.jar()
            .add("libown_aarch_64.so", TestLibrary.needing().machine(183).bytes())
            .bytes();
    byte[] mac = TestJars.jar().add("libkqueue.jnilib", "").bytes();
    TestSystem system =
        debian()
            .jar("own-linux-x86_64.jar", fits)
            .jar("own-linux-aarch_64.jar", other)
            .jar("kqueue-osx-x86_64.jar", mac);
    system.entries();

    assertThat(system.log.warnings()).isEmpty();
  }

  @Test
  void findsWhatNativeCodeOfTheProjectNeeds() {
    TestLibrary.needing("libz.so.1", "libb.so").write(work.resolve("extra/opt/libown.so"));
    TestLibrary.needing().write(work.resolve("extra/opt/libb.so"));
    TestSystem system = debian().library(DEBIAN + "/libz.so.1", TestLibrary.needing());

    assertThat(system.libraries()).hasSize(4).contains("lib/x86_64-linux-gnu/libz.so.1");
    assertThat(system.log.warnings()).isEmpty();
  }

  @Test
  void refusesARuntimeOfAnotherSystem() {
    TestSystem system = new TestSystem(work);

    assertThatThrownBy(system::entries)
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("has no [bin/java] for Linux");
  }
}
