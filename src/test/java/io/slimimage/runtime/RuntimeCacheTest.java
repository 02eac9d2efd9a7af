package io.slimimage.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.slimimage.RecordedLog;
import io.slimimage.SlimImageException;
import io.slimimage.modules.Jdk;
import io.slimimage.modules.RuntimeFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keeps what a JDK links that is a script, and takes no time. */
class RuntimeCacheTest {

  /** Writes a small runtime, counts, and sees the last option as {@code $output}. */
  private static final String LINK =
      """
      for output; do :; done
      output="${output#--output=}"
      echo linked >> "$(dirname "$0")/../linked"
      mkdir -p "$output/bin" "$output/lib" "$output/legal"
      echo java > "$output/bin/java"
      echo classes > "$output/lib/modules"
      ln -s ../bin/java "$output/legal/LICENSE"
      """;

  @TempDir Path directory;

  private Path home;
  private Path cache;

  @BeforeEach
  void makeJdk() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no shell");
    home = Files.createDirectories(directory.resolve("a jdk's home"));
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
    cache = directory.resolve("cache");
    jlink(LINK);
  }

  @Test
  void linksOnlyOnce() throws IOException {
    Path first = link();

    assertThat(link()).isEqualTo(first);
    assertThat(first.resolve("bin/java")).hasContent("java\n");
    assertThat(links()).isEqualTo(1);
    assertThat(entries()).hasSize(1);
  }

  @Test
  void linksAnewWhenAnythingOfTheRequestChanges() throws IOException {
    Jdk jdk = jdk();
    List<LinkRequest> requests =
        List.of(
            new LinkRequest(jdk, List.of("java.base"), Set.of(), List.of(), JimageForm.PULL),
            new LinkRequest(jdk, List.of("java.xml"), Set.of(), List.of(), JimageForm.PULL),
            new LinkRequest(jdk, List.of("java.base"), Set.of(), List.of("de"), JimageForm.PULL),
            new LinkRequest(jdk, List.of("java.base"), Set.of(), List.of(), JimageForm.DISK),
            new LinkRequest(
                jdk,
                List.of("java.base"),
                Set.of(RuntimeFeature.SOUND),
                List.of(),
                JimageForm.PULL));

    assertThat(requests.stream().map(this::link)).doesNotHaveDuplicates();
    assertThat(links()).isEqualTo(requests.size());
  }

  @Test
  void linksAnewWhenTheJdkChanges() throws IOException {
    Path before = link();
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"17.0.16+1\"\n");

    assertThat(link()).isNotEqualTo(before);
  }

  @Test
  void findsWhatTheSameJdkHasLinkedElsewhere() throws IOException {
    Path linked = link();
    home = Files.move(home, directory.resolve("installed anew"));

    assertThat(link()).isEqualTo(linked);
    assertThat(links()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"changed", "cut", "removed", "added", "link", "list", "cut list"})
  void healsADamagedEntry(String damage) throws IOException {
    Path runtime = link();
    Path modules = runtime.resolve("lib/modules");
    Path list = runtime.resolveSibling("files.txt");
    switch (damage) {
      case "changed" -> Files.writeString(modules, "CLASSES\n");
      case "cut" -> Files.writeString(modules, "");
      case "removed" -> Files.delete(modules);
      case "added" -> Files.writeString(runtime.resolve("lib/more"), "more");
      case "link" -> {
        Files.delete(runtime.resolve("legal/LICENSE"));
        Files.createSymbolicLink(runtime.resolve("legal/LICENSE"), Path.of("/bin/java"));
      }
      case "cut list" ->
          Files.writeString(list, Files.readString(list).lines().findFirst().orElseThrow());
      default -> Files.delete(list);
    }

    assertThat(link()).isEqualTo(runtime);
    assertThat(modules).hasContent("classes\n");
    assertThat(runtime.resolve("lib/more")).doesNotExist();
    assertThat(links()).isEqualTo(2);
    assertThat(entries()).hasSize(1);
  }

  /** As archives do with the caches of build servers. */
  @Test
  void trustsARestoredEntryByItsContent() throws IOException {
    Path runtime = link();
    Path java = runtime.resolve("bin/java");
    Path modules = runtime.resolve("lib/modules");
    Instant sealed = Files.getLastModifiedTime(java).toInstant();
    Files.setLastModifiedTime(java, FileTime.from(Instant.now()));
    Files.setPosixFilePermissions(modules, PosixFilePermissions.fromString("rwx------"));

    assertThat(link()).isEqualTo(runtime);
    assertThat(links()).isEqualTo(1);
    assertThat(Files.getLastModifiedTime(java).toInstant()).isEqualTo(sealed);
    assertThat(Files.getPosixFilePermissions(modules))
        .isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));

    Files.writeString(java, "JAVA\n");
    assertThat(link().resolve("bin/java")).hasContent("java\n");
    assertThat(links()).isEqualTo(2);
  }

  @Test
  void keepsNothingOfAFailedLink() throws IOException {
    jlink(LINK + "echo 'Error: disk is full'; exit 3\n");

    assertThatThrownBy(this::link)
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("jlink failed with exit code 3")
        .hasMessageContaining("Error: disk is full");
    assertThat(entries()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Error: No space left on device, make room there",
    "Error: /jdk/conf/net.properties has been modified, install the JDK again",
    "Error: this runtime image does not contain jmods directory, install the package"
  })
  void advisesOnWhatTheCommandIsNotToBlameFor(String said, String advice) throws IOException {
    jlink("echo '" + said + "'; exit 1\n");

    assertThatThrownBy(this::link)
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining(said.substring(7) + ", perhaps you should " + advice)
        .extracting(Throwable::getMessage, STRING)
        .hasLineCount(1);
  }

  @Test
  void tellsACommandThatRepeatsAFailure() throws Exception {
    jlink("echo \"No: $*\"; exit 1\n");
    String message = null;
    try {
      link();
    } catch (SlimImageException e) {
      message = e.getMessage();
    }

    List<String> lines = message.lines().toList();
    Process again =
        new ProcessBuilder("/bin/sh", "-c", lines.get(1)).redirectErrorStream(true).start();
    String output = new String(again.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(again.waitFor()).isEqualTo(1);
    assertThat(output.strip()).isEqualTo(lines.get(lines.size() - 1));
  }

  @Test
  void linksUncompressedWhereJlinkNoLongerSharesStrings() throws IOException {
    jlink(
        """
        case "$*" in *--compress=1*) echo 'Error: Invalid compression level 1'; exit 1;; esac
        """
            + LINK);

    assertThat(link().resolve("lib/modules")).exists();
  }

  @Test
  void linksForSeveralBuildsAtTheSameTime() throws Exception {
    int builds = 6;
    CyclicBarrier start = new CyclicBarrier(builds);
    ExecutorService executor = Executors.newFixedThreadPool(builds);
    try {
      Callable<Path> build =
          () -> {
            start.await();
            return link();
          };
      List<Path> runtimes = new ArrayList<>();
      for (Future<Path> done : executor.invokeAll(Collections.nCopies(builds, build))) {
        runtimes.add(done.get());
      }

      assertThat(Set.copyOf(runtimes)).hasSize(1);
      assertThat(runtimes.get(0).resolve("lib/modules")).hasContent("classes\n");
      assertThat(entries()).hasSize(1);
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void forgetsWhatWasNotUsedForLong() throws IOException {
    Path old = link(List.of("java.base"));
    Path recent = link(List.of("java.logging"));
    age(old.resolveSibling("files.txt"), 61);
    age(recent.resolveSibling("files.txt"), 61);
    age(Files.createDirectory(cache.resolve("runtimes/unfinished-1")), 2);
    Path running = Files.createDirectory(cache.resolve("runtimes/unfinished-2"));
    link(List.of("java.logging"));

    Path added = link(List.of("java.xml"));

    assertThat(entries()).containsExactlyInAnyOrder(recent.getParent(), added.getParent(), running);
  }

  @Test
  void saysThatTheCacheCannotBeWritten() throws IOException {
    Files.writeString(cache, "a file");

    assertThatThrownBy(this::link)
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("[" + cache + "]")
        .hasMessageContaining("perhaps you should check the permissions");
  }

  @Test
  void saysThatAJreHasNoJlink() throws IOException {
    Files.delete(home.resolve("bin/jlink"));

    assertThatThrownBy(this::link)
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("has no bin/jlink, perhaps you should run Maven on a JDK");
  }

  @ParameterizedTest
  @ValueSource(strings = {"k_o", "qq", "", "korean language"})
  void refusesALocaleThatDoesNotExist(String locale) {
    LinkRequest request =
        new LinkRequest(jdk(), List.of("java.base"), Set.of(), List.of(locale), JimageForm.PULL);

    assertThatThrownBy(() -> link(request))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("the locale [" + locale + "] does not exist");
  }

  private Path link() {
    return link(List.of("java.base"));
  }

  private Path link(List<String> modules) {
    return link(new LinkRequest(jdk(), modules, Set.of(), List.of(), JimageForm.PULL));
  }

  private Path link(LinkRequest request) {
    return RuntimeLinker.link(request, cache, new RecordedLog());
  }

  private Jdk jdk() {
    return new Jdk(home, 17, Map.of());
  }

  private void jlink(String script) throws IOException {
    Path tool = Files.writeString(home.resolve("bin/jlink"), "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private long links() throws IOException {
    try (Stream<String> lines = Files.lines(home.resolve("linked"))) {
      return lines.count();
    }
  }

  private List<Path> entries() throws IOException {
    try (Stream<Path> entries = Files.list(cache.resolve("runtimes"))) {
      return entries.toList();
    }
  }

  private static void age(Path file, int days) throws IOException {
    Instant then = Instant.now().minus(Duration.ofDays(days));
    Files.setLastModifiedTime(file, FileTime.from(then));
  }
}
