package io.slimimage.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.model.Container;
import io.slimimage.docker.TestEngine.RecordingLog;
import io.slimimage.runtime.BaseSystem;
import io.slimimage.runtime.BaseSystem.Libc;
import io.slimimage.runtime.FileSystemTar;
import io.slimimage.runtime.ImageSystem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an engine's images have, and that nothing stays behind of looking into them. */
@Tag("engine")
@Timeout(120)
class ImageFilesEngineTest {

  private final RecordingLog log = new RecordingLog();
  private final String tag = TestEngine.uniqueTag();
  private DockerEngine engine;

  @BeforeEach
  void connect() {
    engine = TestEngine.connect(log);
  }

  @AfterEach
  void clean() {
    if (engine != null) {
      engine.close();
      TestEngine.remove(tag);
    }
  }

  @Test
  void findsLibcAndJavaOfAJreImage() {
    EngineImage jre = engine.inspect(TestEngine.JRE);

    ImageSystem system = engine.readFiles(jre.id(), ImageSystem::read);

    assertThat(system.base().libc()).isEqualTo(Libc.GLIBC);
    assertThat(system.base().libcVersion()).matches("2\\.\\d\\d");
    assertThat(system.packageDatabase()).isTrue();
    assertThat(system.javaOnPath(jre.config().env()))
        .hasValueSatisfying(java -> assertThat(java.release()).isGreaterThanOrEqualTo(17));
    assertThat(containers(jre.id())).isEmpty();
  }

  @Test
  void findsMuslInAnImageWithoutACommand() {
    load(
        new FileSystemTar()
            .file("lib/ld-musl-x86_64.so.1", "some bytes")
            .file("usr/lib/libz.so.1.3", "some bytes")
            .link("usr/lib/libz.so.1", "libz.so.1.3")
            .link("lib64", "usr/lib"));

    ImageSystem system = engine.readFiles(tag, ImageSystem::read);

    assertThat(system.base())
        .usingRecursiveComparison()
        .isEqualTo(
            new BaseSystem(
                Libc.MUSL,
                "",
                new java.util.TreeSet<>(
                    List.of("lib/ld-musl-x86_64.so.1", "usr/lib/libz.so.1", "usr/lib/libz.so.1.3")),
                Map.of("lib64", "usr/lib")));
    assertThat(system.java()).isEmpty();
    assertThat(containers(tag)).isEmpty();
  }

  @Test
  void findsNothingInAnImageThatHasNearlyNothing() {
    build("FROM scratch", "COPY Dockerfile /", "VOLUME /data", "ENTRYPOINT [\"/none\"]");
    long volumes = volumes();

    assertThat(engine.readFiles(tag, ImageSystem::read).base().libc()).isEqualTo(Libc.NONE);

    assertThat(containers(tag)).isEmpty();
    assertThat(volumes()).isEqualTo(volumes);
  }

  @Test
  void namesTheImageThatTheEngineDoesNotHave() {
    assertThatThrownBy(() -> engine.readFiles(tag, ImageSystem::read))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("cannot read the files of image [" + tag + "]")
        .hasMessageContaining("No such image");
  }

  @Test
  void removesTheContainerWhereTheReaderFails() {
    load(new FileSystemTar().file("a", "b"));

    assertThatThrownBy(
            () ->
                engine.readFiles(
                    tag,
                    in -> {
                      assertThat(containers(tag)).hasSize(1);
                      throw new IllegalStateException("no idea what this is");
                    }))
        .hasMessageContaining("no idea what this is");

    assertThat(containers(tag)).isEmpty();
  }

  @Test
  void removesTheContainerAndTellsWhereTheConnectionBreaks() throws IOException {
    loadLarge();
    try (CuttableProxy proxy = new CuttableProxy(TestEngine.laboratory("DOCKER_HOST"));
        DockerEngine remote = connect(proxy)) {

      assertThatThrownBy(
              () ->
                  remote.readFiles(
                      tag,
                      in -> {
                        in.readNBytes(1000);
                        proxy.cut();
                        return ImageSystem.read(in);
                      }))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("broke while it was to read the files of image [" + tag + "]");
    }
    assertThat(containers(tag)).isEmpty();
    assertThat(log.messages).noneMatch(message -> message.startsWith("WARN"));
  }

  @Test
  void anInterruptEndsTheReadingAndRemovesTheContainer() throws Exception {
    loadLarge();
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    CompletableFuture<Void> reading = new CompletableFuture<>();
    Thread thread = new Thread(() -> failure.complete(readSlowly(reading)));
    thread.start();
    reading.get(60, TimeUnit.SECONDS);

    thread.interrupt();

    assertThat(failure.get(30, TimeUnit.SECONDS)).isInstanceOf(BuildCancelledException.class);
    assertThat(containers(tag)).isEmpty();
  }

  private Throwable readSlowly(CompletableFuture<Void> reading) {
    try {
      engine.readFiles(
          tag,
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

  private static List<Container> containers(String image) {
    try (EngineClient client = TestEngine.client()) {
      return client
          .docker()
          .listContainersCmd()
          .withShowAll(true)
          .withLabelFilter(Map.of(ImageExport.LABEL, image))
          .exec();
    }
  }

  private static long volumes() {
    try (EngineClient client = TestEngine.client()) {
      return client.docker().listVolumesCmd().exec().getVolumes().size();
    }
  }

  private DockerEngine connect(CuttableProxy proxy) throws IOException {
    Map<String, String> variables = Map.of("DOCKER_HOST", proxy.dockerHost());
    EngineEnvironment environment =
        new EngineEnvironment(variables, Path.of("/nowhere"), Path.of("/nowhere"), false);
    return new EngineLocator(environment, Duration.ofSeconds(5), log).connect();
  }

  private void build(String... lines) {
    engine.build(
        TestEngine.request(EngineBuilder.AUTO, tag),
        TestEngine.dockerfile(lines),
        BuildProgress.NONE);
  }

  /** More than the buffers on the way hold. */
  private void loadLarge() {
    load(new FileSystemTar().file("large", new byte[20 << 20]));
  }

  private void load(FileSystemTar files) {
    try (EngineClient client = TestEngine.client();
        InputStream tar = new ByteArrayInputStream(files.bytes())) {
      client
          .docker()
          .createImageCmd(tag.substring(0, tag.lastIndexOf(':')), tar)
          .withTag("1")
          .exec();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
