package io.slimimage.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.model.Container;
import io.slimimage.Laboratory;
import io.slimimage.docker.TestEngine.RecordingLog;
import io.slimimage.dockerfile.BuildContext;
import io.slimimage.system.BaseCheck;
import io.slimimage.system.BaseSystem;
import io.slimimage.system.BaseSystem.Libc;
import io.slimimage.system.FileSystemTar;
import io.slimimage.system.ImageSystem;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an engine's images have, and that nothing stays behind of looking into them. */
@Timeout(120)
class ImageFilesEngineTest extends EngineTest {

  @Test
  void findsLibcAndJavaOfAJreImage() {
    EngineImage jre = engine.inspect(TestEngine.JRE);

    ImageSystem system = engine.readFiles(jre.id(), ImageSystem::read);

    assertThat(system.base().libc()).isEqualTo(Libc.GLIBC);
    assertThat(system.base().libcVersion()).matches("2\\.\\d\\d");
    assertThat(system.traceable()).isTrue();
    assertThat(system.javaOnPath(jre.config().env()))
        .hasValueSatisfying(java -> assertThat(java.release()).isGreaterThanOrEqualTo(17));
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
                "",
                Libc.MUSL,
                "",
                new TreeSet<>(
                    List.of("lib/ld-musl-x86_64.so.1", "usr/lib/libz.so.1", "usr/lib/libz.so.1.3")),
                Map.of("lib64", "usr/lib")));
    assertThat(system.java()).isEmpty();
    assertThat(containers(tag)).isEmpty();
  }

  @Test
  void aMuslBaseIsRefusedForABuilderWithGlibc() {
    String maven = Laboratory.variable("SLIMIMAGE_LAB_MAVEN_IMAGE");
    load(new FileSystemTar().file("lib/ld-musl-x86_64.so.1", "some bytes"));
    BaseCheck.Image builder = look(maven);
    BaseCheck.Image base = look(tag);

    assertThat(BaseCheck.forLinkedRuntime(builder, BaseCheck.Image.SCRATCH, log))
        .isEqualTo(BaseSystem.SCRATCH);
    BaseCheck.forInstalledJava(builder, 17, log);
    assertThatThrownBy(() -> BaseCheck.forLinkedRuntime(builder, base, log))
        .hasMessageContaining(
            "The builder image ["
                + maven
                + "] has glibc and the base image ["
                + tag
                + "] musl, so a runtime from the one cannot run on the other");
    assertThatThrownBy(() -> BaseCheck.forInstalledJava(base, 17, log))
        .hasMessageContaining("Base image [" + tag + "] has no Java on its PATH");
  }

  private BaseCheck.Image look(String name) {
    EngineImage image = engine.inspect(name);
    return new BaseCheck.Image(
        name,
        image.platform().toString(),
        image.config().env(),
        engine.readFiles(image.id(), ImageSystem::read));
  }

  @Test
  void findsNothingInAnImageThatHasNearlyNothing() {
    build(
        TestEngine.dockerfile(
            "FROM scratch", "COPY Dockerfile /", "VOLUME /data", "ENTRYPOINT [\"/none\"]"));
    List<String> volumes = new ArrayList<>();

    ImageSystem system =
        engine.readFiles(
            tag,
            tar -> {
              containers(tag).get(0).getMounts().forEach(mount -> volumes.add(mount.getName()));
              return ImageSystem.read(tar);
            });

    assertThat(system.base().libc()).isEqualTo(Libc.NONE);
    assertThat(containers(tag)).isEmpty();
    assertThat(volumes).hasSize(1);
    assertThat(volumeNames()).doesNotContainAnyElementsOf(volumes);
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
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no idea what this is");

    assertThat(containers(tag)).isEmpty();
  }

  @Test
  void removesTheContainerAndTellsWhereTheConnectionBreaks() throws IOException {
    loadLarge();
    try (CuttableProxy proxy = new CuttableProxy(Laboratory.variable("DOCKER_HOST"));
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

  @Test
  void theEndOfTheJvmRemovesTheContainer() throws Exception {
    load(new FileSystemTar().file("a", "b"));
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Forever.class.getName(),
                tag)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = jvm.inputReader()) {
      assertThat(out.readLine()).isEqualTo("reading");
      assertThat(containers(tag)).hasSize(1);

      jvm.destroy();

      assertThat(jvm.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(containers(tag)).isEmpty();
    } finally {
      jvm.destroyForcibly();
    }
  }

  /** Reads an image's files without an end. */
  static final class Forever {
    public static void main(String[] arguments) {
      try (DockerEngine engine = TestEngine.connect(new RecordingLog())) {
        engine.readFiles(
            arguments[0],
            tar -> {
              System.out.println("reading");
              LockSupport.park();
              return null;
            });
      }
    }
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

  private static List<String> volumeNames() {
    try (EngineClient client = TestEngine.client()) {
      return client.docker().listVolumesCmd().exec().getVolumes().stream()
          .map(InspectVolumeResponse::getName)
          .toList();
    }
  }

  private DockerEngine connect(CuttableProxy proxy) throws IOException {
    Map<String, String> variables = Map.of("DOCKER_HOST", proxy.dockerHost());
    EngineEnvironment environment =
        new EngineEnvironment(variables, Path.of("/nowhere"), Path.of("/nowhere"), false);
    return new EngineLocator(environment, Duration.ofSeconds(5), log).connect();
  }

  /** More than the buffers on the way hold. */
  private void loadLarge() {
    load(new FileSystemTar().file("large", new byte[20 << 20]));
  }

  private void load(FileSystemTar files) {
    byte[] content = files.bytes();
    build(
        out -> {
          TarArchiveOutputStream tar = new TarArchiveOutputStream(out);
          TestEngine.write(tar, Map.of("Dockerfile", "FROM scratch\nADD files.tar /\n"));
          TestEngine.entry(tar, "files.tar", content.length);
          tar.write(content);
          tar.closeArchiveEntry();
          tar.finish();
          tar.flush();
        });
  }

  private void build(BuildContext context) {
    engine.build(TestEngine.request(EngineBuilder.AUTO, tag), context, BuildProgress.NONE);
  }
}
