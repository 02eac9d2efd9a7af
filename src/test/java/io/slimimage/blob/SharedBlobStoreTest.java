package io.slimimage.blob;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several builds on one store, some of them killed. */
@Timeout(120)
class SharedBlobStoreTest {

  @TempDir Path directory;

  @Test
  void isSoundAfterBuildsWereKilled() throws Exception {
    Random random = new Random();
    for (int build = 0; build < 10; build++) {
      Process process = start(build, "forever");
      try (BufferedReader out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        for (int written = random.nextInt(20); written >= 0; written--) {
          assertThat(out.readLine()).isNotNull();
        }
        // SIGKILL, amid the next blobs.
        process.destroyForcibly();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      }
      assertSound();
    }

    new BlobWriting(directory.toString(), 1L).run();
    BlobStore store = new BlobStore(directory, FileDigests.unkept());
    for (Path left : list("partial")) {
      FileTimes.age(left, Duration.ofDays(2));
    }
    store.prune(Long.MAX_VALUE);
    assertThat(list("partial")).isEmpty();
    assertSound();
  }

  @Test
  void servesProcessesThreadsAndClassLoaders() throws Exception {
    List<Process> processes = List.of(start(1, "once"), start(2, "once"));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (URLClassLoader one = loader();
        URLClassLoader other = loader()) {
      List<Future<?>> builds = new ArrayList<>();
      long seed = 10;
      for (ClassLoader loader : List.of(one, one, other, other)) {
        Runnable build =
            (Runnable)
                loader
                    .loadClass(BlobWriting.class.getName())
                    .getConstructor(String.class, Long.class)
                    .newInstance(directory.toString(), seed++);
        assertThat(build.getClass()).isNotEqualTo(BlobWriting.class);
        builds.add(threads.submit(build));
      }
      for (Future<?> build : builds) {
        build.get();
      }
      for (Process process : processes) {
        process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).isZero();
      }
    } finally {
      threads.shutdownNow();
      processes.forEach(Process::destroyForcibly);
    }

    assertSound();
    assertThat(list("partial")).isEmpty();
    // What the memo of all of them says is true.
    FileDigests digests = FileDigests.at(directory.resolve("digests"));
    for (Path blob : list("sha256")) {
      assertThat(digests.of(blob).hex()).isEqualTo(blob.getFileName().toString());
    }
  }

  private void assertSound() throws IOException {
    for (Path blob : list("sha256")) {
      assertThat(Digest.sha256(Blob.of(blob)).hex()).isEqualTo(blob.getFileName().toString());
    }
  }

  private List<Path> list(String part) throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve(part))) {
      return files.toList();
    }
  }

  private Process start(int seed, String times) throws IOException {
    return new ProcessBuilder(
            System.getProperty("java.home") + "/bin/java",
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            BlobWriting.class.getName(),
            directory.toString(),
            Integer.toString(seed),
            times)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static URLClassLoader loader() throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String part : System.getProperty("java.class.path").split(File.pathSeparator)) {
      urls.add(Path.of(part).toUri().toURL());
    }
    return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }
}
