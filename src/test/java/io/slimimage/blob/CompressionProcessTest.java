package io.slimimage.blob;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What Java itself is given, and what it then does. */
@Timeout(180)
class CompressionProcessTest {

  @TempDir Path directory;

  @Test
  void needsLittleMemory() throws Exception {
    assertThat(run(List.of("-Xmx32m"), Compression.GZIP, 1024, 32))
        .startsWith((1056L << 20) + " bytes");
  }

  @ParameterizedTest
  @EnumSource
  void writesTheSameOnAnyNumberOfProcessors(Compression compression) throws Exception {
    String one = run(List.of("-XX:ActiveProcessorCount=1"), compression, 6, 7);

    assertThat(one).contains("sha256:");
    assertThat(run(List.of("-XX:ActiveProcessorCount=8"), compression, 6, 7)).isEqualTo(one);
  }

  @Test
  void loadsZstdForThoseWhoChooseIt() throws Exception {
    Path log = directory.resolve("classes");
    List<String> logged = List.of("-Xlog:class+load:file=" + log);
    run(logged, Compression.GZIP, 1, 1);
    assertThat(log).content().contains(ParallelGzip.class.getName()).doesNotContain("zstd");

    run(logged, Compression.ZSTD, 1, 1);
    assertThat(log).content().contains("com.github.luben.zstd");
  }

  @Test
  void saysThatTheNativeLibraryCannotBeUnpacked() throws Exception {
    assertThat(
            run(
                List.of("-Djava.io.tmpdir=" + directory.resolve("missing")),
                Compression.ZSTD,
                1,
                1))
        .contains("zstd cannot be used", "No such file", "slimimage.compression", "java.io.tmpdir")
        .hasLineCount(1);
  }

  @Test
  void saysThatThereIsNoNativeLibraryForTheProcessor() throws Exception {
    assertThat(run(List.of("-Dos.arch=pdp11"), Compression.ZSTD, 1, 1))
        .contains("zstd cannot be used", "pdp11", "slimimage.compression")
        .hasLineCount(1);
  }

  private String run(List<String> options, Compression compression, int zeros, int random)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(options);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), CompressedLayer.class.getName()));
    command.addAll(List.of(compression.name(), "" + zeros, "" + random));
    command.add(directory.resolve("layer").toString());
    Path errors = directory.resolve("errors");
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
    return said;
  }
}
