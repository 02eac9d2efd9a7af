package io.slimimage.runtime;

import static io.slimimage.runtime.LinkedRuntimes.copy;
import static io.slimimage.runtime.PlannedRuntimes.LIBRARIES;
import static io.slimimage.runtime.PlannedRuntimes.entries;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.slimimage.SlimImageException;
import io.slimimage.TestJars;
import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import io.slimimage.layer.DirectoryTree;
import io.slimimage.layer.LayerEntry;
import io.slimimage.layer.LayerRole;
import io.slimimage.modules.ModuleSelection;
import io.slimimage.modules.ScannedJar;
import io.slimimage.system.BaseSystem;
import io.slimimage.system.TestLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class RuntimePlanTest {

  private static final String UNCHANGED = "Nothing that the runtime layer is made from has changed";

  private static final List<String> NONE = List.of();

  @TempDir static Path known;
  @TempDir Path directory;
  private PlannedRuntimes runtimes;

  @BeforeAll
  static void findModules() {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no shell");
    PlannedRuntimes.known(known);
  }

  @BeforeEach
  void makeRuntimes() throws Exception {
    runtimes = make("first");
  }

  private PlannedRuntimes make(String name) throws Exception {
    PlannedRuntimes made =
        new PlannedRuntimes(Files.createDirectory(directory.resolve(name)), known);
    made.trust(certificates().subList(0, 1));
    return made;
  }

  private static List<X509Certificate> certificates() throws Exception {
    Path store = Path.of(System.getProperty("java.home"), "lib/security/cacerts");
    KeyStore keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
    List<X509Certificate> certificates = new ArrayList<>();
    for (String alias : new TreeSet<>(Collections.list(keys.aliases()))) {
      certificates.add((X509Certificate) keys.getCertificate(alias));
    }
    return certificates;
  }

  @Test
  void hasTheRuntimeAndWhatItNeeds() throws IOException {
    RuntimePlan plan = runtimes.plan();

    assertThat(plan.role()).isEqualTo(LayerRole.RUNTIME);
    assertThat(entries(plan))
        .containsKeys(
            "opt",
            "opt/java/bin/java",
            "opt/java/lib/security/cacerts",
            "usr/lib/x86_64-linux-gnu/libz.so.1",
            "var/lib/dpkg/status.d/libz",
            "etc/passwd");
    assertThat(plan.modules().names()).containsExactly("java.base");
  }

  @Test
  void makesNothingWhereNothingHasChanged() throws IOException {
    Digest cold = runtimes.key();
    runtimes.takeAwayWhatOnlyWorkNeeds();

    RuntimePlan warm = runtimes.plan();

    assertThat(warm.key()).isEqualTo(cold);
    assertThat(runtimes.links()).isEqualTo(1);
    assertThat(runtimes.log.warnings()).isEmpty();
    assertThat(runtimes.log.debugs()).contains(UNCHANGED);
  }

  @Test
  void makesNothingWhereALineOfCodeHasChanged() throws IOException {
    Digest cold = runtimes.key();
    runtimes.takeAwayWhatOnlyWorkNeeds();
    runtimes.own = TestJars.jar().add("app/text.txt", "two");

    assertThat(runtimes.key()).isEqualTo(cold);
    assertThat(runtimes.links()).isEqualTo(1);
    assertThat(runtimes.log.debugs()).contains(UNCHANGED);
    assertThat(runtimes.records("runtime")).hasSize(1);
  }

  /** As a build has it that is run on another machine, with the directory of the first one. */
  @Test
  void makesNothingWhereOnlyTimesHaveChanged() throws IOException {
    Digest cold = runtimes.key();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
      }
    }
    runtimes.takeAwayWhatOnlyWorkNeeds();

    assertThat(runtimes.key()).isEqualTo(cold);
    assertThat(runtimes.links()).isEqualTo(1);
  }

  @Test
  void linksWhereTheCodeNeedsMore() throws Exception {
    Digest cold = runtimes.key();
    runtimes.own =
        TestJars.jar()
            .addAll(
                TestJars.compile(
                    directory, "Log.java", "class Log { java.util.logging.Logger log; }"));

    RuntimePlan plan = runtimes.plan();

    assertThat(plan.key()).isNotEqualTo(cold);
    assertThat(plan.modules().names()).containsExactly("java.base", "java.logging");
    assertThat(runtimes.links()).isEqualTo(2);
  }

  /** One test for each input: another layer with it, and the one from before without it. */
  @TestFactory
  Stream<DynamicTest> isAnotherWhereAnythingOfTheRequestIs() {
    Map<String, Change> changes = new TreeMap<>();
    changes.put("modules", r -> r.selection = new ModuleSelection(NONE, List.of("java.xml"), NONE));
    changes.put("locales", r -> r.locales = List.of("ko"));
    changes.put("form", r -> r.form = JimageForm.DISK);
    changes.put("certificate", r -> r.certificates.add(certificates().get(1)));
    changes.put("trust store", r -> r.trust(certificates().subList(0, 2)));
    changes.put("user", r -> r.user = "1000:2000");
    changes.put("home", r -> r.userHome = "home/somebody");
    changes.put("base", r -> r.base = Optional.empty());
    changes.put("files of the base", r -> r.base = Optional.of(baseWith("etc/passwd")));
    changes.put(
        "directories", r -> r.directories = List.of(new LayerEntry.Directory("data", 01777)));
    changes.put("native code in a jar", r -> r.libraries.clear());
    changes.put("JDK", RuntimePlanTest::updateJdk);
    changes.put(
        "native code among extra files",
        r -> TestLibrary.needing("libm.so.6").write(r.system.extra().resolve("opt/tool")));
    changes.put("library", r -> r.system.file(LIBRARIES + "/libz.so.1", "no library"));
    changes.put(
        "loader", r -> makeExecutable(r.system.root().resolve("lib64/ld-linux-x86-64.so.2")));
    changes.put(
        "configuration of the loader",
        r ->
            r.system
                .library("/opt/lib/libz.so.1", TestLibrary.needing())
                .file("/etc/ld.so.conf.d/a.conf", "/opt/lib\n"));
    changes.put(
        "library found earlier",
        r -> r.system.library("/lib/x86_64-linux-gnu/libz.so.1", TestLibrary.needing()));
    changes.put(
        "another file of the locale", r -> r.system.file("/usr/lib/locale/C.utf8/LC_TIME", "time"));
    changes.put("distribution", r -> r.system.file("/etc/os-release", "ID=debian\n"));
    changes.put("packages", r -> r.install("2.36-10"));
    changes.put("licence", r -> r.system.file("/usr/share/doc/libz/copyright", "zlib"));
    return changes.entrySet().stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.getKey(), () -> check(each.getKey(), each.getValue())));
  }

  @FunctionalInterface
  private interface Change {
    void make(PlannedRuntimes runtimes) throws Exception;
  }

  private void check(String name, Change change) throws Exception {
    PlannedRuntimes each = make(name);
    each.system.library(LIBRARIES + "/libm.so.6", TestLibrary.needing());
    Digest before = each.key();

    change.make(each);

    Digest after = each.key();
    assertThat(after).as(name).isNotEqualTo(before);
    assertThat(each.log.debugs()).doesNotContain(UNCHANGED);
    assertThat(each.key()).isEqualTo(after);
    assertThat(each.log.debugs()).contains(UNCHANGED);
    DirectoryTree.delete(each.cache());
    copy(known, each.cache());
    assertThat(each.key()).as("without anything of earlier builds").isEqualTo(after);
  }

  private static void updateJdk(PlannedRuntimes each) throws IOException {
    Files.writeString(each.home.resolve("lib/tzdb.dat"), "2026a");
    Files.writeString(each.home.resolve("small/lib/tzdb.dat"), "2026a");
  }

  private static BaseSystem baseWith(String file) {
    return new BaseSystem(
        "base:1", BaseSystem.Libc.NONE, "", new TreeSet<>(Set.of(file)), Map.of());
  }

  private static void makeExecutable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void isTheSameWhereDifferentInputsComeToTheSame() throws IOException {
    Digest cold = runtimes.key();
    ScannedJar library = runtimes.libraries.get(0);

    runtimes.libraries.set(0, new ScannedJar("zlib-2.jar", false, library.content()));
    assertThat(runtimes.key()).isEqualTo(cold);
    runtimes.system.file(
        "/var/lib/dpkg/status", PlannedRuntimes.status("2.36-9") + "\nPackage: vim\n");
    assertThat(runtimes.key()).isEqualTo(cold);
    Files.createDirectories(runtimes.system.extra());
    Files.writeString(runtimes.system.extra().resolve("read.me"), "no code");
    assertThat(runtimes.key()).isEqualTo(cold);

    assertThat(runtimes.records("runtime")).as("files without code do not count").hasSize(3);
    assertThat(runtimes.links()).isEqualTo(1);
  }

  @Test
  void warnsEveryTime() throws IOException {
    Files.delete(runtimes.system.root().resolve("usr/lib/locale/C.utf8/LC_CTYPE"));
    Blob broken = Blob.of(TestJars.jar().add("template/A.class", "${a}").bytes());
    runtimes.libraries.add(new ScannedJar("broken.jar", false, broken));
    RuntimePlan cold = runtimes.plan();
    cold.key();
    List<String> warnings = List.copyOf(runtimes.log.warnings());
    assertThat(warnings).hasSize(2).anyMatch(each -> each.contains("no locale [C.UTF-8]"));

    RuntimePlan warm = runtimes.plan();
    warm.key();
    warm.layer();

    assertThat(runtimes.log.debugs()).contains(UNCHANGED);
    assertThat(runtimes.log.warnings()).hasSize(4).containsAll(warnings);
    assertThat(warm.warnings()).isEqualTo(cold.warnings()).isEqualTo(warnings);
    assertThat(runtimes.plan().warnings()).as("without being asked for more").isEqualTo(warnings);
  }

  @Test
  void refusesEveryTimeWhatCannotWork() throws IOException {
    runtimes.key();
    Files.delete(runtimes.system.root().resolve("lib64/ld-linux-x86-64.so.2"));

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(runtimes::key)
          .isInstanceOf(SlimImageException.class)
          .hasMessageContaining("ld-linux-x86-64.so.2");
    }
  }

  @Test
  void makesTheSameLayerWhereOnlyItsKeyIsKnown() throws IOException {
    RuntimePlan cold = runtimes.plan();
    Digest key = cold.key();
    runtimes.forgetRuntimes();
    RuntimePlan warm = runtimes.plan();

    assertThat(warm.key()).isEqualTo(key);
    assertThat(entries(warm)).isEqualTo(entries(cold));
    assertThat(warm.key()).isEqualTo(key);
    assertThat(runtimes.links()).isEqualTo(2);
  }

  @Test
  void showsWhetherAFileHasChangedSinceTheLayerWasMade() throws IOException {
    RuntimePlan plan = runtimes.plan();
    Digest key = plan.key();
    plan.layer();
    assertThat(plan.key()).isEqualTo(key);

    runtimes.system.file("/etc/os-release", "ID=debian\n");

    assertThat(plan.key()).isNotEqualTo(key);
  }

  @Test
  void makesTheSameLayerWhereNobodyAsksForItsKey() throws IOException {
    RuntimePlan first = runtimes.plan();
    TreeMap<String, String> entries = entries(first);

    assertThat(first.warnings()).isEmpty();
    assertThat(runtimes.cache().resolve("records/runtime")).doesNotExist();
    assertThat(entries).isEqualTo(entries(runtimes.plan()));
    assertThat(first.key()).isEqualTo(runtimes.key());
    assertThat(runtimes.links()).isEqualTo(1);
  }

  @Test
  void healsDamagedRecords() throws IOException {
    Digest cold = runtimes.key();
    for (Path record : runtimes.records("")) {
      if (record.toString().contains("/jdk-modules/")) {
        continue; // The JDK of these tests cannot be asked again.
      }
      byte[] bytes = Files.readAllBytes(record);
      bytes[bytes.length - 2] ^= 1;
      Files.write(record, bytes);
    }

    assertThat(runtimes.key()).isEqualTo(cold);
    assertThat(runtimes.log.debugs()).doesNotContain(UNCHANGED);
    assertThat(runtimes.key()).isEqualTo(cold);
    assertThat(runtimes.log.debugs()).contains(UNCHANGED);
    assertThat(runtimes.links()).isEqualTo(1);
  }

  /** As where a JDK links other bytes than before, which none should. */
  @Test
  void forgetsAKeyThatIsNoLongerThatOfTheLayer() throws IOException {
    Digest cold = runtimes.key();
    runtimes.forgetRuntimes();
    Files.writeString(runtimes.home.resolve("small/lib/more"), "more");
    RuntimePlan warm = runtimes.plan();
    assertThat(warm.key()).isEqualTo(cold);

    assertThat(entries(warm)).containsKey("opt/java/lib/more");

    assertThat(warm.key()).isNotEqualTo(cold).isEqualTo(runtimes.key());
  }
}
