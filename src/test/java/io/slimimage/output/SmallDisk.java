package io.slimimage.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk of a megabyte. Where this user may not mount one, the test is skipped. */
record SmallDisk(Path path) implements AutoCloseable {

  static SmallDisk at(Path path) throws IOException, InterruptedException {
    Files.createDirectories(path);
    if (run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", path.toString()) != 0) {
      abort("only root may mount a small disk, on Linux");
    }
    return new SmallDisk(path);
  }

  /** Lets nobody write any more, not even root. */
  void makeReadOnly() throws IOException, InterruptedException {
    assertThat(run("mount", "-o", "remount,ro", path.toString())).isZero();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    run("umount", path.toString());
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
