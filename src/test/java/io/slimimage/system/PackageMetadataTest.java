package io.slimimage.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.slimimage.layer.LayerEntry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What scanners read of the packages that system files are from. */
class PackageMetadataTest {

  private static final String LIBRARIES = "/lib/x86_64-linux-gnu";
  private static final String INFO = "/var/lib/dpkg/info/";
  private static final String STATUS =
      """
      Package: libc6
      Status: install ok installed
      Architecture: amd64
      Version: 2.36-9
      Conffiles:
       /etc/ld.so.conf.d/x86_64-linux-gnu.conf d4e7a7b88a71b5ffd9e2644e71a0cfab
      Description: GNU C Library

      Package: libc6
      Status: install ok installed
      Architecture: i386
      Version: 2.36-9

      Package: libgcc-s1
      Status: install ok installed
      Architecture: amd64
      Version: 12.2

      Package: gcc-12-base
      Status: install ok installed
      Architecture: amd64
      Version: 12.2

      Package: vim
      Status: install ok installed
      Architecture: amd64
      Version: 9

      Package: openjdk
      Status: install ok installed
      Architecture: amd64
      Version: 17

      Package: libc-bin
      Status: deinstall ok config-files
      Architecture: amd64
      Version: 1
      """;

  @TempDir Path work;

  private TestSystem debian() {
    return TestSystem.glibc(work, LIBRARIES, "2.36")
        .file("/etc/os-release", "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nID=debian\n")
        .file("/var/lib/dpkg/status", STATUS)
        .file(
            INFO + "libc6:amd64.list",
            "/.\n/lib\n/usr/lib/x86_64-linux-gnu/libc.so.6\n/lib64/ld-linux-x86-64.so.2\n")
        .file(INFO + "libc6:i386.list", "/lib/ld-linux.so.2\n")
        .file(INFO + "libgcc-s1:amd64.list", LIBRARIES + "/libgcc_s.so.1\n")
        .file(INFO + "vim.list", "/usr/bin/vim\n/etc/os-release.old\n")
        .file(INFO + "openjdk:amd64.list", "/opt/jdk/lib/server/libjvm.so\n")
        .file("/opt/jdk/lib/server/libjvm.so", "")
        .file("/usr/share/doc/libc6/copyright", "LGPL")
        .file("/usr/share/doc/gcc-12-base/copyright", "GPL with an exception");
  }

  private Map<String, LayerEntry> entries(TestSystem system) {
    Map<String, LayerEntry> entries = system.entries();
    entries.keySet().removeIf(path -> !path.startsWith("var/") && !path.startsWith("usr/share"));
    return entries;
  }

  @Test
  void describesThePackagesOfDebianAsDistrolessImagesDo() {
    debian().link("/usr/share/doc/libgcc-s1", "gcc-12-base");
    Map<String, LayerEntry> entries = entries(debian());

    assertThat(entries)
        .containsOnlyKeys(
            "usr/share/doc/gcc-12-base/copyright",
            "usr/share/doc/libc6/copyright",
            "usr/share/doc/libgcc-s1/copyright",
            "var/lib/dpkg/status.d/gcc-12-base",
            "var/lib/dpkg/status.d/libc6",
            "var/lib/dpkg/status.d/libc6.md5sums",
            "var/lib/dpkg/status.d/libgcc-s1",
            "var/lib/dpkg/status.d/libgcc-s1.md5sums",
            "var/lib/dpkg/status.d/openjdk");
    assertThat(TestSystem.text(entries.get("var/lib/dpkg/status.d/libc6")))
        .isEqualTo(
            "Package: libc6\nStatus: install ok installed\nArchitecture: amd64\n"
                + "Version: 2.36-9\nDescription: GNU C Library\n");
    assertThat(TestSystem.text(entries.get("var/lib/dpkg/status.d/libc6.md5sums")).lines())
        .hasSize(2)
        .allMatch(line -> line.matches("[0-9a-f]{32}  lib.*/(libc.so.6|ld-linux-x86-64.so.2)"));
    assertThat(entries.get("usr/share/doc/libgcc-s1/copyright"))
        .isEqualTo(
            new LayerEntry.Symlink(
                "usr/share/doc/libgcc-s1/copyright", "../gcc-12-base/copyright"));
  }

  @Test
  void warnsOfAFileWithoutAPackage() {
    TestSystem system =
        debian()
            .file(INFO + "libc-bin.list", "/usr/lib/locale/C.utf8/LC_CTYPE\n/etc/os-release\n")
            .runtime("lib/libzip.so", TestLibrary.needing("libown.so"))
            .library("/usr/lib/libown.so", TestLibrary.needing());
    system.entries();

    assertThat(system.log.warnings())
        .containsExactly(
            "[/usr/lib/libown.so], which goes into the image for [libzip.so], belongs to no"
                + " package, so no scanner will know it, perhaps you should install it as a"
                + " package");
  }

  @Test
  void followsDiversions() {
    String path = LIBRARIES + "/libgcc_s.so.1";
    TestSystem system =
        debian()
            .file("/var/lib/dpkg/diversions", path + "\n" + path + ".distrib\nvim\n")
            .file(INFO + "vim.list", path + "\n");
    DpkgFileLists lists = new DpkgFileLists(new HostSystem(system.root()));

    assertThat(lists.owners(List.of(path, path + ".distrib")))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(path, "vim", path + ".distrib", "libgcc-s1:amd64"));
  }

  @Test
  void keepsTheConcernedPartOfAlpinesDatabase() {
    TestSystem system =
        TestSystem.musl(work)
            .file("/etc/os-release", "PRETTY_NAME=\"Alpine Linux v3.22\"\nID=alpine\n")
            .file(
                "/lib/apk/db/installed",
                """
                C:Q1a=
                P:alpine-baselayout
                V:3.7
                F:etc
                R:motd
                Z:Q1m=
                R:os-release
                a:0:0:644
                Z:Q1o=

                C:Q1b=
                P:musl
                V:1.2.5
                L:MIT
                F:lib
                M:0:0:755
                R:libc.musl-x86_64.so.1
                a:0:0:777
                R:ld-musl-x86_64.so.1
                a:0:0:755
                Z:Q1c=
                F:usr
                F:usr/bin
                R:ldd

                P:vim
                V:9
                F:usr/bin
                R:vim
                """);
    Map<String, LayerEntry> entries = system.entries();

    assertThat(TestSystem.text(entries.get("lib/apk/db/installed")))
        .isEqualTo(
            """
            C:Q1a=
            P:alpine-baselayout
            V:3.7
            F:etc
            R:os-release
            a:0:0:644
            Z:Q1o=

            C:Q1b=
            P:musl
            V:1.2.5
            L:MIT
            F:lib
            M:0:0:755
            R:ld-musl-x86_64.so.1
            a:0:0:755
            Z:Q1c=

            """);
    assertThat(system.log.warnings()).isEmpty();
    assertThat(SystemFiles.untraceable(system.root())).isEmpty();
  }

  @Test
  void saysWhyASystemCannotBeTraced() {
    assertThat(SystemFiles.untraceable(debian().root())).isEmpty();
    TestSystem fedora = TestSystem.glibc(work.resolve("fedora"), "/lib64", "2.39");

    assertThat(SystemFiles.untraceable(fedora.root()))
        .contains("no file /etc/os-release tells which Linux this is");
    fedora
        .file("/usr/lib/os-release", "NAME=Fedora\nPRETTY_NAME=\"Fedora Linux 40 (Forty)\"\n")
        .link("/etc/os-release", "../usr/lib/os-release");
    assertThat(SystemFiles.untraceable(fedora.root()))
        .contains(
            "the distribution Fedora Linux 40 (Forty) has no list of packages of dpkg or apk");
  }
}
