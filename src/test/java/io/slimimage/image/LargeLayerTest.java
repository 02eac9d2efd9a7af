package io.slimimage.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LargeLayerTest {

  @TempDir private Path directory;

  /** As 2 GB do with 256 MB of heap: {@link LargeLayer} says how to see that. */
  @Test
  @Timeout(180)
  void aLayerManyTimesLargerThanTheHeapPasses() throws IOException, InterruptedException {
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx48m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                LargeLayer.class.getName(),
                directory.resolve("cache").toString(),
                "200",
                "20000")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(150, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(output, UTF_8)).isZero();
      assertThat(output).content().containsPattern("[0-9]{8,} bytes sha256:[0-9a-f]{64}");
    } finally {
      process.destroyForcibly();
    }
  }
}
