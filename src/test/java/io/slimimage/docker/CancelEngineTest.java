package io.slimimage.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.model.Container;
import io.slimimage.Laboratory;
import io.slimimage.docker.TestEngine.Recorder;
import io.slimimage.dockerfile.BuildContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What ends a build before its time: the user, or the engine's death. */
@Timeout(180)
class CancelEngineTest extends EngineTest {

  private static final Duration SOON = Duration.ofSeconds(15);

  private final Recorder progress = new Recorder();
  private final String sleep = "sleep 300." + ThreadLocalRandom.current().nextInt(1 << 30);
  private final CompletableFuture<String> result = new CompletableFuture<>();
  private Thread builder;

  @ParameterizedTest
  @EnumSource(names = {"BUILDKIT", "CLASSIC"})
  void cancellationEndsTheRunningStep(EngineBuilder kind) throws Exception {
    BuildCancellation cancellation = new BuildCancellation();
    startSleeping(engine, kind, cancellation);

    cancellation.cancel();

    assertCancelled();
  }

  @ParameterizedTest
  @EnumSource(names = {"BUILDKIT", "CLASSIC"})
  void interruptEndsTheRunningStep(EngineBuilder kind) throws Exception {
    startSleeping(engine, kind, new BuildCancellation());

    builder.interrupt();

    assertCancelled();
  }

  @ParameterizedTest
  @EnumSource(names = {"BUILDKIT", "CLASSIC"})
  void cancellationEndsTheRunningStepOverTcp(EngineBuilder kind) throws Exception {
    try (CuttableProxy proxy = proxy();
        DockerEngine remote = connect(proxy)) {
      BuildCancellation cancellation = new BuildCancellation();
      startSleeping(remote, kind, cancellation);

      cancellation.cancel();

      assertCancelled();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BUILDKIT", "CLASSIC"})
  void reportsAnEngineThatDiesDuringAStep(EngineBuilder kind) throws Exception {
    try (CuttableProxy proxy = proxy();
        DockerEngine remote = connect(proxy)) {
      startSleeping(remote, kind, new BuildCancellation());

      proxy.cut();

      assertThatThrownBy(() -> result.get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(EngineException.class)
          .hasMessageContaining("broke while it was to build the image")
          .hasMessageContaining(proxy.dockerHost());
      assertThat(log.messages).noneMatch(message -> message.startsWith("WARN"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BUILDKIT", "CLASSIC"})
  void anEngineThatDiesDuringTheUploadFreesTheContextWriter(EngineBuilder kind) throws Exception {
    try (CuttableProxy proxy = proxy();
        DockerEngine remote = connect(proxy)) {
      CompletableFuture<Void> half = new CompletableFuture<>();
      CompletableFuture<Void> writerEnded = new CompletableFuture<>();
      start(remote, kind, endless(half, writerEnded), new BuildCancellation());
      half.get(30, TimeUnit.SECONDS);

      proxy.cut();

      assertThatThrownBy(() -> result.get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(EngineException.class)
          .hasMessageContaining("broke while it was to build the image");
      writerEnded.get(10, TimeUnit.SECONDS);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BUILDKIT", "CLASSIC"})
  void cancellationDuringTheUploadFreesTheContextWriter(EngineBuilder kind) throws Exception {
    CompletableFuture<Void> half = new CompletableFuture<>();
    CompletableFuture<Void> writerEnded = new CompletableFuture<>();
    BuildCancellation cancellation = new BuildCancellation();
    start(engine, kind, endless(half, writerEnded), cancellation);
    half.get(30, TimeUnit.SECONDS);

    cancellation.cancel();

    assertThatThrownBy(() -> result.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(BuildCancelledException.class);
    writerEnded.get(10, TimeUnit.SECONDS);
    assertThat(engine.hasImage(tag)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"BUILDKIT", "CLASSIC"})
  void aFailingContextWriterMakesNoImageOverTcp(EngineBuilder kind) throws Exception {
    try (CuttableProxy proxy = proxy();
        DockerEngine remote = connect(proxy)) {
      start(
          remote,
          kind,
          out -> {
            TarArchiveOutputStream tar = new TarArchiveOutputStream(out);
            TestEngine.write(tar, Map.of("Dockerfile", "FROM scratch\nCOPY . /\n"));
            tar.flush();
            throw new IOException("pom.xml has vanished");
          },
          new BuildCancellation());

      assertThatThrownBy(() -> result.get(10, TimeUnit.SECONDS))
          .hasMessageContaining("could not be written: pom.xml has vanished");
      // An engine that took the broken context for a whole one would need some time to build it.
      long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
      while (System.nanoTime() < end) {
        assertThat(engine.hasImage(tag)).isFalse();
      }
    }
  }

  @Test
  void aBuildThatWasCancelledBeforeDoesNotBegin() {
    BuildCancellation cancellation = new BuildCancellation();
    cancellation.run();

    assertThatThrownBy(
            () ->
                engine.build(
                    TestEngine.request(EngineBuilder.AUTO, tag),
                    out -> {
                      throw new AssertionError("nobody needs the context");
                    },
                    progress,
                    cancellation))
        .isInstanceOf(BuildCancelledException.class);
  }

  private static CuttableProxy proxy() throws IOException {
    return new CuttableProxy(Laboratory.variable("DOCKER_HOST"));
  }

  private DockerEngine connect(CuttableProxy proxy) throws IOException {
    Map<String, String> variables = Map.of("DOCKER_HOST", proxy.dockerHost());
    EngineEnvironment environment =
        new EngineEnvironment(variables, Path.of("/nowhere"), Path.of("/nowhere"), false);
    return new EngineLocator(environment, Duration.ofSeconds(5), log).connect();
  }

  private void startSleeping(DockerEngine on, EngineBuilder kind, BuildCancellation cancellation)
      throws Exception {
    BuildContext context =
        TestEngine.dockerfile("FROM " + TestEngine.JRE, "RUN echo started; exec " + sleep);
    start(on, kind, context, cancellation);
    TestEngine.await(
        "the step has begun",
        Duration.ofSeconds(60),
        () -> result.isDone() || progress.hasLine("started") && sleepers() > 0);
    assertThat(result).isNotDone();
  }

  private void start(
      DockerEngine on, EngineBuilder kind, BuildContext context, BuildCancellation cancellation) {
    builder =
        new Thread(
            () -> {
              try {
                result.complete(
                    on.build(TestEngine.request(kind, tag), context, progress, cancellation));
              } catch (Throwable e) {
                result.completeExceptionally(e);
              }
            });
    builder.start();
  }

  /** A context that never ends; tells when more of it was taken than the buffers hold. */
  private static BuildContext endless(
      CompletableFuture<Void> half, CompletableFuture<Void> writerEnded) {
    return out -> {
      try {
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out);
        TestEngine.write(tar, Map.of("Dockerfile", "FROM scratch\nCOPY . /\n"));
        TestEngine.entry(tar, "big", 8_000_000_000L);
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

  private void assertCancelled() throws Exception {

    assertThatThrownBy(() -> result.get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(BuildCancelledException.class);
    TestEngine.await("the step's process is gone", SOON, () -> sleepers() == 0);
    TestEngine.await("its container is gone", SOON, () -> containers().isEmpty());
    assertThat(engine.hasImage(tag)).isFalse();
  }

  /** Steps of BuildKit are no containers of the engine, but on this machine they are processes. */
  private long sleepers() throws IOException {
    String command = sleep.replace(' ', '\0') + '\0';
    long count = 0;
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        try {
          byte[] line = Files.readAllBytes(process.resolve("cmdline"));
          count += new String(line, StandardCharsets.UTF_8).equals(command) ? 1 : 0;
        } catch (IOException e) {
          // The process has ended meanwhile.
        }
      }
    }
    return count;
  }

  private List<Container> containers() {
    try (EngineClient client = TestEngine.client()) {
      return client.docker().listContainersCmd().withShowAll(true).exec().stream()
          .filter(container -> container.getCommand().contains(sleep))
          .toList();
    }
  }
}
