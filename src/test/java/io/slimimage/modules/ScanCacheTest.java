package io.slimimage.modules;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanCacheTest {

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
  void keepsJdksApart() {
    Jdk other = TestJdks.other();
    ScannedJar jar = TestScan.jar("app.jar", true, TestJars.jar().add("a.txt", "a"));
    scan(jar).run();
    scan(jar).jdk(other).run();
    assertThat(files()).hasSize(4);
  }

  @Test
  void warnsAgainAboutWhatIsDamaged() {
    TestJars jar = TestJars.jar().add("templates/A.class", "${a}");
    for (int i = 0; i < 2; i++) {
      TestScan scan = TestScan.in(cache).library("lib.jar", jar);
      scan.run();
      assertThat(scan.warnings).hasSize(1);
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
          builds.invokeAll(work).stream().map(ScanCacheTest::get).collect(Collectors.toSet());
      assertThat(results).containsExactly(expected);
    } finally {
      builds.shutdownNow();
    }
    try (Stream<Path> left = Files.list(shared)) {
      assertThat(left).hasSize(2).allMatch(file -> file.toString().endsWith(".json"));
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

  private List<Path> files() {
    try (Stream<Path> all = Files.list(cache)) {
      return all.sorted().toList();
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
