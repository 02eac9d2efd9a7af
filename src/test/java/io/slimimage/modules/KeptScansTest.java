package io.slimimage.modules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.SlimImageException;
import io.slimimage.TestJars;
import io.slimimage.TestJdks;
import io.slimimage.blob.Blob;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptScansTest {

  @TempDir private Path cache;

  private final byte[] library =
      TestJars.jar()
          .manifest("Premain-Class", "lib.A")
          .add("lib/A.class", TestClass.named("lib/A").refersTo("java/sql/Date").bytes())
          .add("lib/B.class", TestClass.named("lib/B").says("newFileSystem").bytes())
          .add("lib/C.class", TestClass.named("lib/C").says("jdk.net.Sockets").bytes())
          .bytes();

  @Test
  void opensNoJarAgain() {
    ModuleSet cold = scan(new ScannedJar("lib.jar", false, Blob.of(library))).run();
    assertThat(cold.names()).contains("java.sql", "jdk.zipfs", "jdk.net", "java.instrument");
    ModuleSet warm = scan(new ScannedJar("lib.jar", false, new Unpackable(library))).run();
    assertThat(warm).isEqualTo(cold);
  }

  @Test
  void keepsWhatDependsOnMoreThanTheJarApart() {
    ModuleSet asLibrary = scan(new ScannedJar("lib.jar", false, Blob.of(drawing()))).run();
    ModuleSet asOwn = scan(new ScannedJar("app.jar", true, Blob.of(drawing()))).run();
    assertThat(asLibrary.features()).isEmpty();
    assertThat(asOwn.features()).containsExactly(RuntimeFeature.DRAWING);
    assertThat(asOwn.uses()).anyMatch(use -> use.jar().equals("app.jar"));
  }

  @Test
  void scansOnlyTheJarThatHasChanged() {
    ScannedJar main = TestScan.jar("app.jar", true, own("a"));
    ModuleSet cold = TestScan.in(cache).with(main, library(Blob.of(library))).run();
    ScannedJar changed = TestScan.jar("app.jar", true, own("b"));
    ModuleSet warm = TestScan.in(cache).with(changed, library(new Unpackable(library))).run();
    assertThat(warm).isEqualTo(cold);
    assertThat(records("modules")).as("nothing else was found").hasSize(1);
    ScannedJar another = TestScan.jar("app.jar", true, own("jdk.net.ExtendedSocketOptions"));
    assertThat(TestScan.in(cache).with(another, library(new Unpackable(library))).use("jdk.net"))
        .isEqualTo(new ModuleUse("jdk.net", "string", "app.Main", "app.jar"));
    assertThat(records("modules")).hasSize(2);
  }

  @Test
  void keepsTheLatestOfTheApplicationsOwnJarsAlone() {
    ScannedJar module = TestScan.jar("module.jar", true, TestJars.jar().addAll(sql()));
    TestScan.in(cache).with(TestScan.jar("app.jar", true, own("a")), module).run();
    ScannedJar unchanged =
        new ScannedJar("module.jar", true, new Unpackable(TestJars.jar().addAll(sql()).bytes()));

    for (String text : List.of("b", "c", "c")) {
      ScannedJar main = TestScan.jar("app.jar", true, own(text));
      assertThat(TestScan.in(cache).with(main, unchanged).modules()).contains("java.sql");
    }
    assertThat(records("scan-own")).hasSize(1);
    assertThat(records("scan")).isEmpty();
  }

  private static Map<String, byte[]> sql() {
    return Map.of("lib/A.class", TestClass.named("lib/A").refersTo("java/sql/Date").bytes());
  }

  @Test
  void keepsWhatTheUserDecidesApart() {
    ScannedJar jar = new ScannedJar("lib.jar", false, Blob.of(library));
    List<String> found = scan(jar).modules();
    assertThat(scan(jar).add("java.prefs").modules()).contains("java.prefs");
    assertThat(scan(jar).exclude("java.sql").modules()).doesNotContain("java.sql");
    assertThat(scan(jar).only("java.base").modules()).containsExactly("java.base");
    assertThat(scan(jar).locales("ko").modules()).contains("jdk.localedata");
    assertThat(scan(jar).modules()).isEqualTo(found);
  }

  @Test
  void tellsTheNameThatAJarHasNow() {
    scan(new ScannedJar("lib-1.jar", false, Blob.of(library))).run();
    TestScan renamed = scan(new ScannedJar("lib-2.jar", false, new Unpackable(library)));
    assertThat(renamed.use("java.sql").jar()).isEqualTo("lib-2.jar");
  }

  @Test
  void keepsJdksApart() {
    Jdk other = TestJdks.other();
    ScannedJar jar = new ScannedJar("lib.jar", false, Blob.of(library));
    ModuleSet first = scan(jar).run();
    ModuleSet second = scan(jar).jdk(other).run();
    assertThat(second).isEqualTo(TestScan.in(cache.resolve("else")).with(jar).jdk(other).run());
    assertThat(scan(jar).run()).isEqualTo(first);
    assertThat(records("scan")).hasSize(2);
  }

  @Test
  void warnsAgainAboutWhatIsDamaged() {
    TestJars jar = TestJars.jar().add("templates/A.class", "${a}");
    for (int i = 0; i < 2; i++) {
      TestScan scan = TestScan.in(cache).library("lib\t1.jar", jar);
      scan.run();
      assertThat(scan.warnings).hasSize(1).allMatch(each -> each.contains("[lib\t1.jar]"));
    }
  }

  @Test
  void refusesAgainWhatCannotWork() {
    TestJars jar = TestJars.jar().add("app/A.class", "${a}");
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> TestScan.in(cache).own(jar).run())
          .isInstanceOf(SlimImageException.class)
          .hasMessageContaining("[app.A]");
    }
  }

  @Test
  void ignoresAndReplacesDamagedFiles() throws IOException {
    ScannedJar jar = new ScannedJar("lib.jar", false, Blob.of(library));
    ModuleSet cold = scan(jar).run();
    List<byte[]> whole = contents();
    for (int length : new int[] {0, 10, 64, 70, Integer.MAX_VALUE}) {
      for (Path file : files()) {
        byte[] bytes = Files.readAllBytes(file);
        if (length > bytes.length) {
          bytes[bytes.length - 3] ^= 1;
          Files.write(file, bytes);
        } else {
          Files.write(file, Arrays.copyOf(bytes, length));
        }
      }
      assertThat(scan(jar).run()).isEqualTo(cold);
      assertThat(contents()).containsExactlyElementsOf(whole);
    }
  }

  @Test
  void goesOnWhereNothingCanBeKept() throws IOException {
    Path file = Files.writeString(cache.resolve("file"), "no directory");
    ModuleSet set =
        TestScan.in(file).with(new ScannedJar("lib.jar", false, Blob.of(library))).run();
    assertThat(set.names()).contains("java.sql");
  }

  @Test
  void isSharedByBuildsAtTheSameTime() throws Exception {
    ModuleSet expected =
        TestScan.in(cache.resolve("alone"))
            .with(new ScannedJar("lib.jar", false, Blob.of(library)))
            .run();
    Path shared = cache.resolve("shared");
    ExecutorService builds = Executors.newFixedThreadPool(4);
    try {
      List<Callable<ModuleSet>> work = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        ScannedJar jar = new ScannedJar("lib.jar", false, Blob.of(library));
        work.add(() -> TestScan.in(shared).with(jar).run());
      }
      Set<ModuleSet> results =
          builds.invokeAll(work).stream().map(KeptScansTest::get).collect(Collectors.toSet());
      assertThat(results).containsExactly(expected);
    } finally {
      builds.shutdownNow();
    }
  }

  private static byte[] drawing() {
    byte[] main = TestClass.named("app/Main").refersTo("java/awt/Font").bytes();
    return TestJars.jar().add("app/Main.class", main).bytes();
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private TestScan scan(ScannedJar jar) {
    return TestScan.in(cache).with(jar);
  }

  private static ScannedJar library(Blob content) {
    return new ScannedJar("lib.jar", false, content);
  }

  private static TestJars own(String text) {
    return TestJars.jar().add("app/Main.class", TestClass.named("app/Main").says(text).bytes());
  }

  private List<Path> records(String kind) {
    Path directory = cache.resolve("records").resolve(kind);
    return files().stream().filter(file -> file.startsWith(directory)).toList();
  }

  private List<Path> files() {
    try (Stream<Path> all = Files.walk(cache)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<byte[]> contents() throws IOException {
    List<byte[]> contents = new ArrayList<>();
    for (Path file : files()) {
      contents.add(Files.readAllBytes(file));
    }
    return contents;
  }

  /** Bytes that can be read from begin to end, as for a digest, and in no other way. */
  private record Unpackable(byte[] bytes) implements Blob {
    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(bytes);
    }

    @Override
    public SeekableByteChannel openChannel() {
      throw new AssertionError("the jar is unpacked again");
    }
  }
}
