package io.slimimage.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.Laboratory;
import io.slimimage.SlimImageException;
import io.slimimage.blob.Compression;
import io.slimimage.blob.Records;
import io.slimimage.dockerfile.BuildContext;
import io.slimimage.image.BuiltImage;
import io.slimimage.image.PlatformImages;
import io.slimimage.output.ArchiveWriter;
import io.slimimage.output.SampleImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Archives on their way into an engine, and what may happen to them there. */
@Timeout(120)
class LoadEngineTest extends EngineTest {

  @TempDir Path temp;

  private final CompletableFuture<Void> half = new CompletableFuture<>();
  private final CompletableFuture<Void> writerEnded = new CompletableFuture<>();
  private final CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
  private final CompletableFuture<Void> result = new CompletableFuture<>();
  private Thread loader;

  private byte[] archive() throws IOException {
    long seed = ThreadLocalRandom.current().nextLong();
    BuiltImage image =
        SampleImage.in(temp.resolve("cache"), Compression.GZIP, seed).printing("hello", tag);
    Path file = temp.resolve("image.tar");
    new ArchiveWriter(file, new Records(temp.resolve("records"))).write(PlatformImages.of(image));
    return Files.readAllBytes(file);
  }

  @Test
  void loadsAnArchiveAndTellsWhatTheEngineSays() throws IOException {
    byte[] archive = archive();

    engine.load(out -> out.write(archive));

    assertThat(engine.find(tag)).isPresent();
    assertThat(engine.find(tag).orElseThrow().diffIds()).hasSize(3);
    assertThat(log.messages).anyMatch(it -> it.contains("Loaded image: ") && it.contains(tag));
  }

  @Test
  void tellsThatAnArchiveIsCutOff() throws IOException {
    byte[] archive = archive();

    assertThatThrownBy(() -> engine.load(out -> out.write(archive, 0, archive.length / 2)))
        .isInstanceOf(EngineException.class)
        .hasMessageStartingWith("The engine cannot load the image: ")
        .hasMessageContaining("unexpected EOF");
    assertThat(engine.find(tag)).isEmpty();
  }

  @Test
  void tellsThatSomethingIsNoArchive() {
    byte[] text = "hello".repeat(1000).getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> engine.load(out -> out.write(text)))
        .isInstanceOf(EngineException.class)
        .hasMessageStartingWith("The engine cannot load the image: ");
  }

  @Test
  void anArchiveThatCannotBeReadToItsEndMakesNoImage() throws IOException {
    byte[] archive = archive();

    assertThatThrownBy(
            () ->
                engine.load(
                    out -> {
                      // All but the end, which an engine does not need.
                      out.write(archive, 0, archive.length - 1024);
                      throw new IOException("the cache is gone");
                    }))
        .isInstanceOf(SlimImageException.class)
        .hasMessage("The image's archive could not be written: the cache is gone");
    assertThat(engine.find(tag)).isEmpty();
  }

  @Test
  void reportsAnEngineThatDies() throws Exception {
    try (CuttableProxy proxy = new CuttableProxy(Laboratory.variable("DOCKER_HOST"));
        DockerEngine remote = connect(proxy)) {
      start(remote);
      half.get(30, TimeUnit.SECONDS);

      proxy.cut();

      assertThatThrownBy(() -> result.get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(EngineException.class)
          .hasMessageContaining("broke while it was to load the image")
          .hasMessageContaining(proxy.dockerHost());
      writerEnded.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void anInterruptEndsIt() throws Exception {
    start(engine);
    half.get(30, TimeUnit.SECONDS);

    loader.interrupt();

    assertThatThrownBy(() -> result.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(BuildCancelledException.class);
    assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
    writerEnded.get(10, TimeUnit.SECONDS);
    assertThat(engine.find(tag)).isEmpty();
  }

  private DockerEngine connect(CuttableProxy proxy) throws IOException {
    Map<String, String> variables = Map.of("DOCKER_HOST", proxy.dockerHost());
    EngineEnvironment environment =
        new EngineEnvironment(variables, Path.of("/nowhere"), Path.of("/nowhere"), false);
    return new EngineLocator(environment, Duration.ofSeconds(5), log).connect();
  }

  private void start(DockerEngine on) {
    loader =
        new Thread(
            () -> {
              try {
                on.load(endless());
                result.complete(null);
              } catch (Throwable e) {
                interrupted.complete(Thread.currentThread().isInterrupted());
                result.completeExceptionally(e);
              }
            });
    loader.start();
  }

  /** An archive that never ends; tells when more of it was taken than the buffers hold. */
  private BuildContext endless() {
    return out -> {
      try {
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out);
        TestEngine.entry(tar, "blobs/sha256/big", 8_000_000_000L);
        byte[] chunk = new byte[1 << 16];
        for (long written = 0; ; written += chunk.length) {
          tar.write(chunk);
          if (written > 8L << 20) {
            half.complete(null);
          }
        }
      } finally {
        writerEnded.complete(null);
      }
    };
  }
}
