package io.slimimage.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.slimimage.RecordedLog;
import io.slimimage.SlimImageException;
import io.slimimage.TestJdks;
import io.slimimage.modules.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a build, and to the next, when linking fails in ways that no script shows. */
class FailedLinkTest {

  @TempDir private Path directory;

  @BeforeEach
  void needLinux() {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "no Linux");
  }

  @Test
  void keepsNothingWhereTheDiskIsFull() throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    if (run("mount", "-t", "tmpfs", "-o", "size=20m", "tmpfs", disk.toString()) != 0) {
      abort("only root may mount a small disk");
    }
    try {
      assertThatThrownBy(() -> link(TestJdks.running(), disk))
          .isInstanceOf(SlimImageException.class)
          .hasMessageContainingAll("[" + disk, "No space left on device", "slimimage.cache");
      assertThat(disk.resolve("runtimes")).isEmptyDirectory();
    } finally {
      run("umount", disk.toString());
    }
  }

  /** A JDK without jmods links from its own files, which must be those that it came with. */
  @Test
  void saysWhichFileOfTheJdkWasChanged() throws IOException {
    Jdk original = TestJdks.all().stream().filter(jdk -> !jdk.hasJmods()).findFirst().orElse(null);
    assumeTrue(original != null, "no JDK without jmods");
    Path home = directory.resolve("jdk");
    LinkedRuntimes.copy(original.home(), home);
    Path changed = home.resolve("conf/net.properties");
    Files.writeString(changed, "http.proxyHost=proxy\n", StandardOpenOption.APPEND);

    assertThatThrownBy(() -> link(Jdk.at(home), directory.resolve("cache")))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContainingAll(changed + " has been modified", "perhaps you should install");
    assertThat(directory.resolve("cache/runtimes")).isEmptyDirectory();
  }

  @Test
  void endsJlinkTogetherWithTheBuild() throws Exception {
    Path home = Files.createDirectories(directory.resolve("jdk"));
    Path started = directory.resolve("started");
    assumeTrue(run("mkfifo", started.toString()) == 0, "no named pipes");
    write(home.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
    write(home.resolve("lib/modules"), "classes");
    write(home.resolve("bin/jlink"), "#!/bin/sh\necho $$ > '" + started + "'\nexec sleep 600\n");
    Process build =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("java.class.path"),
                InterruptedLink.class.getName(),
                home.toString(),
                directory.resolve("cache").toString())
            .start();

    // The pipe lets the reader go on when the script writes.
    long jlink = Long.parseLong(Files.readString(started).strip());
    ProcessHandle process = ProcessHandle.of(jlink).orElseThrow();
    build.destroy();
    assertThat(build.waitFor(20, TimeUnit.SECONDS)).isTrue();

    process.onExit().get(20, TimeUnit.SECONDS);
    assertThat(process.isAlive()).isFalse();
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path link(Jdk jdk, Path cache) {
    LinkRequest request =
        new LinkRequest(jdk, List.of("java.base"), Set.of(), List.of(), JimageForm.PULL);
    return RuntimeLinker.link(request, cache, new RecordedLog());
  }

  private static int run(String... command) throws Exception {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
