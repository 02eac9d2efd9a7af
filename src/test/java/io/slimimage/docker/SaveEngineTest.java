package io.slimimage.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.Laboratory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Images as archives, from a real engine. */
@Timeout(120)
class SaveEngineTest extends EngineTest {

  @Test
  void handsOutTheWholeArchive() {
    String id = build();

    List<String> names = engine.save(id, SaveEngineTest::names);

    assertThat(names).contains("manifest.json").anyMatch(name -> name.endsWith("/layer.tar"));
    assertThat(engine.save(tag, SaveEngineTest::names)).containsAll(names);
  }

  @Test
  void namesTheImageThatTheEngineDoesNotHave() {
    assertThatThrownBy(() -> engine.save(tag, SaveEngineTest::names))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("The engine cannot save image [" + tag + "]: ")
        .hasMessageContaining("reference does not exist");
  }

  @Test
  void whatTheReaderThrowsComesOut() {
    build();

    assertThatThrownBy(
            () ->
                engine.save(
                    tag,
                    in -> {
                      throw new IllegalStateException("no idea what this is");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no idea what this is");
    assertThatThrownBy(
            () ->
                engine.save(
                    tag,
                    in -> {
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("No space left on device");
  }

  @Test
  void whoStopsReadingGetsNoMore() throws IOException {
    try (CuttableProxy proxy = new CuttableProxy(Laboratory.variable("DOCKER_HOST"));
        DockerEngine remote = connect(proxy)) {
      long size = remote.inspect(TestEngine.JRE).size();

      byte[] start = remote.save(TestEngine.JRE, in -> in.readNBytes(1000));

      assertThat(start).hasSize(1000);
      assertThat(size).isGreaterThan(100 << 20);
      assertThat(proxy.fromEngine()).isLessThan(20 << 20);
      assertThat(remote.hasImage(TestEngine.JRE)).isTrue();
    }
  }

  @Test
  void tellsWhereTheConnectionBreaks() throws IOException {
    try (CuttableProxy proxy = new CuttableProxy(Laboratory.variable("DOCKER_HOST"));
        DockerEngine remote = connect(proxy)) {

      assertThatThrownBy(
              () ->
                  remote.save(
                      TestEngine.JRE,
                      in -> {
                        in.readNBytes(1000);
                        proxy.cut();
                        return in.transferTo(OutputStream.nullOutputStream());
                      }))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("broke while it was to save image [" + TestEngine.JRE + "]");
    }
  }

  @Test
  void anInterruptEndsTheReading() throws Exception {
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    CompletableFuture<Void> reading = new CompletableFuture<>();
    Thread thread = new Thread(() -> failure.complete(readSlowly(reading)));
    thread.start();
    reading.get(60, TimeUnit.SECONDS);

    thread.interrupt();

    assertThat(failure.get(30, TimeUnit.SECONDS)).isInstanceOf(BuildCancelledException.class);
  }

  private Throwable readSlowly(CompletableFuture<Void> reading) {
    try {
      engine.save(
          TestEngine.JRE,
          in -> {
            while (in.read() >= 0) {
              reading.complete(null);
            }
            return null;
          });
      return null;
    } catch (RuntimeException e) {
      return Thread.currentThread().isInterrupted() ? e : new AssertionError("not interrupted", e);
    }
  }

  private static List<String> names(InputStream in) throws IOException {
    List<String> names = new ArrayList<>();
    TarArchiveInputStream tar = new TarArchiveInputStream(in);
    for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
      names.add(e.getName());
    }
    return names;
  }

  private String build() {
    return engine.build(
        TestEngine.request(EngineBuilder.AUTO, tag),
        TestEngine.dockerfile("FROM scratch", "COPY Dockerfile /"),
        BuildProgress.NONE);
  }

  private DockerEngine connect(CuttableProxy proxy) throws IOException {
    Map<String, String> variables = Map.of("DOCKER_HOST", proxy.dockerHost());
    EngineEnvironment environment =
        new EngineEnvironment(variables, Path.of("/nowhere"), Path.of("/nowhere"), false);
    return new EngineLocator(environment, Duration.ofSeconds(5), log).connect();
  }
}
