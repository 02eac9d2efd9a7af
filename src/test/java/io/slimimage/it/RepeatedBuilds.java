package io.slimimage.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.slimimage.TestJdks;
import io.slimimage.image.BuiltImage;
import io.slimimage.image.ImageLayer;
import io.slimimage.layer.DirectoryTree;
import io.slimimage.modules.Jdk;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Builds of one sample by the embedded engine, in Maven processes of their own, which all have to
 * come to the image of the first one.
 *
 * <p>For {@code verify.groovy}; a check that fails throws {@link AssertionError}.
 */
public final class RepeatedBuilds {

  private static final long LIMIT_MINUTES = 5;

  private final Path module;
  private final List<String> command;
  private final String digest;

  private RepeatedBuilds(Path module, List<String> command, String digest) {
    this.module = module;
    this.command = command;
    this.digest = digest;
  }

  /**
   * Returns the builds of a sample that was built once.
   *
   * @param localRepository where the plugin was installed
   * @param goal the goal {@code build} with its full coordinates
   */
  public static RepeatedBuilds of(File module, File localRepository, String goal)
      throws IOException {
    List<String> command =
        List.of(
            "mvn",
            "-B",
            "-ntp",
            "-o",
            "-Dmaven.repo.local=" + localRepository,
            "-Dmaven.test.skip",
            "-Dslimimage.engine=embedded",
            "package",
            goal);
    return new RepeatedBuilds(module.toPath(), command, digest(module.toPath()));
  }

  /** Checks that a build of what is there makes nothing anew, not even a file. */
  public void changeNothing() throws IOException, InterruptedException {
    Map<Path, FileTime> before = times(module.resolve("target/slimimage/image"));
    FileTime archive = Files.getLastModifiedTime(module.resolve("target/slimimage/image.tar"));
    assertThat(run(module, Map.of(), "-Dslimimage.cache=target/cache")).isZero();
    check(module);
    assertThat(times(module.resolve("target/slimimage/image"))).isEqualTo(before);
    assertThat(Files.getLastModifiedTime(module.resolve("target/slimimage/image.tar")))
        .isEqualTo(archive);
  }

  /** Checks that path, locale, time zone, umask and an empty cache make no difference. */
  public void areTheSameElsewhere() throws IOException, InterruptedException {
    Path elsewhere = copy("else where");
    Map<String, String> environment =
        Map.of(
            "TZ", "Asia/Seoul",
            "LC_ALL", "C",
            "MAVEN_OPTS", "-Duser.language=tr -Duser.country=TR -Duser.timezone=Asia/Seoul");
    List<String> arguments = new ArrayList<>(command);
    arguments.add("-Dslimimage.cache=target/cache");
    String shell = "umask 0077; exec \"$@\"";
    arguments.addAll(0, List.of("sh", "-c", shell, "sh"));
    assertThat(await(start(elsewhere, environment, arguments))).isZero();
    check(elsewhere);
    SameImage.of(
            module.resolve("target/slimimage").toFile(),
            elsewhere.resolve("target/slimimage").toFile())
        .isSame();
    DirectoryTree.delete(elsewhere);
  }

  /**
   * Checks that with a newer JDK all layers but the runtime are the same, from the same classes.
   */
  public void areTheSameWithAnotherJdk() throws IOException, InterruptedException {
    List<Jdk> others =
        TestJdks.all().stream()
            .filter(jdk -> jdk.feature() != TestJdks.running().feature())
            .toList();
    if (others.isEmpty()) {
      return;
    }
    Path elsewhere = copy("newer");
    copyTree(module.resolve("target/classes"), elsewhere.resolve("target/classes"));
    Map<String, String> environment = Map.of("JAVA_HOME", others.get(0).home().toString());
    assertThat(run(elsewhere, environment, "-Dmaven.main.skip", "-Dslimimage.cache=target/cache"))
        .isZero();
    List<String> here = diffIds(module);
    List<String> there = diffIds(elsewhere);
    assertThat(there).hasSameSizeAs(here);
    assertThat(there.get(0)).as("the runtime").isNotEqualTo(here.get(0));
    assertThat(there.subList(1, there.size())).isEqualTo(here.subList(1, here.size()));
    DirectoryTree.delete(elsewhere);
  }

  /** Checks that builds after one that was killed come to the right image. */
  public void surviveBeingKilled(int times) throws IOException, InterruptedException {
    Path killed = copy("killed");
    long start = System.nanoTime();
    assertThat(run(killed, Map.of(), "-Dslimimage.cache=target/cache")).isZero();
    long whole = System.nanoTime() - start;
    Random random = new Random(42);
    for (int i = 0; i < times; i++) {
      if (i % 2 == 0) {
        DirectoryTree.delete(killed.resolve("target/cache/blobs"));
        DirectoryTree.delete(killed.resolve("target/slimimage"));
      }
      if (i % 4 == 0) {
        DirectoryTree.delete(killed.resolve("target/cache"));
      }
      List<String> arguments = new ArrayList<>(command);
      arguments.add("-Dslimimage.cache=target/cache");
      Process process = start(killed, Map.of(), arguments);
      long moment = (long) (whole * (0.2 + 0.8 * random.nextDouble()));
      if (!process.waitFor(moment, TimeUnit.NANOSECONDS)) {
        process.destroyForcibly().waitFor();
        assertNothingLooksFinished(killed);
      }
      assertThat(run(killed, Map.of(), "-Dslimimage.cache=target/cache")).isZero();
      check(killed);
    }
    DirectoryTree.delete(killed);
  }

  /** Checks that two builds at once on one empty cache both come to the right image. */
  public void shareTheCache() throws IOException, InterruptedException {
    Path one = copy("one");
    Path two = copy("two");
    Path cache = one.resolveSibling("shared cache").toAbsolutePath();
    List<String> arguments = new ArrayList<>(command);
    arguments.add("-Dslimimage.cache=" + cache);
    Process first = start(one, Map.of(), arguments);
    Process second = start(two, Map.of(), arguments);
    assertThat(await(first)).isZero();
    assertThat(await(second)).isZero();
    check(one);
    check(two);
    for (Path directory : List.of(one, two, cache)) {
      DirectoryTree.delete(directory);
    }
  }

  /** Checks that a byte that is wrong in any file of the cache makes no wrong image. */
  public void healTheCache() throws IOException, InterruptedException {
    Path cache = module.resolve("target/cache");
    List<Path> damaged = new ArrayList<>();
    for (Path file : times(cache).keySet()) {
      if (Files.size(file) > 0) {
        flip(file);
        damaged.add(file);
      }
    }
    assertThat(damaged).hasSizeGreaterThan(10);
    assertThat(run(module, Map.of(), "-Dslimimage.cache=target/cache")).isZero();
    check(module);
  }

  /** Checks that a disk that is too small for the cache is one error. */
  public void failOnAFullDisk() throws IOException, InterruptedException {
    Path disk = Files.createDirectories(module.resolve("target/small-disk"));
    Process mount =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=12m", "none", disk.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (mount.waitFor() != 0) {
      // Not everybody may mount.
      return;
    }
    try {
      assertThat(run(module, Map.of(), "-Dslimimage.cache=target/small-disk/cache")).isEqualTo(1);
      String log = log(module);
      assertThat(log).contains("[ERROR]").contains("No space left on device");
      assertThat(log).contains("perhaps you should", "slimimage.cache");
      assertThat(log).doesNotContain("\tat io.slimimage").doesNotContain("Exception: ");
      assertThat(module.resolve("target/slimimage/image.digest")).doesNotExist();
    } finally {
      Command.run("umount", disk.toString());
    }
    assertThat(run(module, Map.of(), "-Dslimimage.cache=target/cache")).isZero();
    check(module);
  }

  private void check(Path built) throws IOException {
    assertThat(digest(built)).as("digest in %s", built).isEqualTo(digest);
    LayoutReader.read(built.toFile(), 0);
  }

  /** What tells of a complete image is either gone or true. */
  private void assertNothingLooksFinished(Path killed) throws IOException {
    Path output = killed.resolve("target/slimimage");
    if (Files.exists(output.resolve("image.digest"))) {
      check(killed);
    }
    Path archive = output.resolve("image.tar");
    if (Files.exists(archive)) {
      assertThat(Files.size(archive))
          .isEqualTo(Files.size(module.resolve("target/slimimage/image.tar")));
    }
  }

  private List<String> diffIds(Path built) throws IOException {
    BuiltImage image = LayoutReader.read(built.toFile(), 0).values().iterator().next();
    return image.layers().stream().map(ImageLayer::diffId).map(Object::toString).toList();
  }

  private static String digest(Path built) throws IOException {
    return Files.readString(built.resolve("target/slimimage/image.digest")).strip();
  }

  /** In the middle, and with the time that the file had: bits rot without telling. */
  private static void flip(Path file) throws IOException {
    FileTime time = Files.getLastModifiedTime(file);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      long position = channel.size() / 2;
      channel.read(one, position);
      one.put(0, (byte) (one.get(0) ^ 1)).rewind();
      channel.write(one, position);
    }
    Files.setLastModifiedTime(file, time);
  }

  private static Map<Path, FileTime> times(Path directory) throws IOException {
    Map<Path, FileTime> times = new java.util.TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        times.put(file, Files.getLastModifiedTime(file));
      }
    }
    return times;
  }

  private Path copy(String name) throws IOException {
    Path copy = module.resolveSibling(module.getFileName() + " " + name);
    DirectoryTree.delete(copy);
    Files.createDirectories(copy);
    Files.copy(module.resolve("pom.xml"), copy.resolve("pom.xml"));
    copyTree(module.resolve("src"), copy.resolve("src"));
    return copy;
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        if (!Files.isDirectory(file)) {
          Files.copy(file, target);
        }
      }
    }
  }

  private int run(Path directory, Map<String, String> environment, String... more)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(command);
    arguments.addAll(List.of(more));
    return await(start(directory, environment, arguments));
  }

  private static Process start(
      Path directory, Map<String, String> environment, List<String> arguments) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(arguments)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectOutput(directory.resolve("again.log").toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static int await(Process process) throws InterruptedException {
    assertThat(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES))
        .as("%s ends within %s", process.info(), Duration.ofMinutes(LIMIT_MINUTES))
        .isTrue();
    return process.exitValue();
  }

  private static String log(Path directory) throws IOException {
    return new String(Files.readAllBytes(directory.resolve("again.log")), Charset.defaultCharset());
  }
}
