package io.slimimage.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.SlimImageException;
import io.slimimage.TestJars;
import io.slimimage.application.PackagedJar;
import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import io.slimimage.blob.FileDigests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars that are made of others, but not before somebody wants them. */
class MadeJarTest {

  private static final Instant TIME = Instant.parse("2024-02-29T13:37:42Z");

  @TempDir Path directory;

  private final FileDigests digests = FileDigests.unkept();

  @Test
  void readsNothingUntilItIsWanted() throws IOException {
    Opened original = new Opened(TestJars.jar().add("a", "a").bytes());
    List<Blob> jars =
        List.of(JarForm.STORED.apply("lib.jar", original), ModuleJar.of("lib.jar", original, TIME));
    for (Blob jar : jars) {
      jar.key(digests);
    }
    assertThat(original.opened).hasValue(0);

    for (Blob jar : jars) {
      original.opened.set(0);
      assertThat(jar.size()).isPositive();
      int catalogue = original.opened.get();
      jar.size();
      assertThat(original.opened).hasValue(catalogue).hasPositiveValue();
    }
  }

  @Test
  void isReadOnceForManyThreads() throws Exception {
    AtomicInteger made = new AtomicInteger();
    Blob bytes = Blob.of(new byte[] {1, 2, 3});
    MadeJar jar =
        new MadeJar(
            "x.jar",
            () -> {
              made.incrementAndGet();
              return bytes;
            },
            (known, self) -> Digest.sha256(self));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<Digest> key = () -> jar.key(digests);
      List<Future<Digest>> keys = new ArrayList<>(threads.invokeAll(Collections.nCopies(20, key)));
      for (Future<Digest> done : keys) {
        assertThat(done.get()).isEqualTo(Digest.sha256(bytes));
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(made).hasValue(1);
  }

  @Test
  void hasAKeyForEveryOriginalAndForm() throws IOException {
    Blob one = Blob.of(TestJars.jar().add("a", "a").bytes());
    Blob other = Blob.of(TestJars.jar().add("a", "b").bytes());

    assertThat(
            List.of(
                key(JarForm.STORED.apply("x.jar", one)),
                key(JarForm.STORED.apply("x.jar", other)),
                key(JarForm.ORIGINAL.apply("x.jar", one)),
                key(ModuleJar.of("x.jar", one, TIME)),
                key(ModuleJar.of("x.jar", other, TIME)),
                key(ModuleJar.of("x.jar", one, TIME.plusSeconds(2)))))
        .doesNotHaveDuplicates();
    assertThat(key(JarForm.STORED.apply("x.jar", one)))
        .isEqualTo(
            key(JarForm.STORED.apply("y.jar", Blob.of(TestJars.jar().add("a", "a").bytes()))));
  }

  /** What is packaged again has other times, and is the same application. */
  @Test
  void knowsAThinJarByItsOwnBytes() throws IOException {
    TestJars packaged = TestJars.jar().manifest("Build-Jdk", "17").add("a/Main.class", "main");
    Path first = packaged.write(directory.resolve("first.jar"));
    Path second = packaged.at(LocalDateTime.of(2025, 1, 1, 1, 1)).write(directory.resolve("2.jar"));
    Path changed = packaged.add("b.txt", "more").write(directory.resolve("changed.jar"));

    assertThat(key(thin(first, "a.Main"))).isEqualTo(Digest.sha256(thin(first, "a.Main")));
    assertThat(key(thin(second, "a.Main"))).isEqualTo(key(thin(first, "a.Main")));
    assertThat(
            List.of(
                key(thin(first, "a.Main")),
                key(thin(first, "b.Main")),
                key(thin(changed, "a.Main"))))
        .doesNotHaveDuplicates();
  }

  @Test
  void tellsWhatIsWrongWithAJarWhenItIsRead() {
    Blob broken = Blob.of("no zip".getBytes());
    for (Blob jar :
        List.of(
            JarForm.STORED.apply("broken-1.jar", broken),
            ModuleJar.of("broken-1.jar", broken, TIME))) {
      assertThatThrownBy(jar::size).isInstanceOf(SlimImageException.class);
      assertThatThrownBy(jar::open)
          .isInstanceOf(SlimImageException.class)
          .hasMessageContainingAll("[broken-1.jar] cannot be read", "perhaps you should delete it");
    }
  }

  private static Blob thin(Path packaged, String mainClass) {
    return ThinJar.of(PackagedJar.open(packaged), mainClass, List.of("lib/a.jar"), TIME);
  }

  private Digest key(Blob blob) throws IOException {
    return blob.key(digests);
  }

  /** Counts how often it is opened. */
  private record Opened(Blob bytes, AtomicInteger opened) implements Blob {

    Opened(byte[] bytes) {
      this(Blob.of(bytes), new AtomicInteger());
    }

    @Override
    public long size() {
      return bytes.size();
    }

    @Override
    public InputStream open() throws IOException {
      opened.incrementAndGet();
      return bytes.open();
    }

    @Override
    public SeekableByteChannel openChannel() throws IOException {
      opened.incrementAndGet();
      return bytes.openChannel();
    }

    @Override
    public Digest key(FileDigests known) {
      return Digest.sha256("known".getBytes());
    }
  }
}
