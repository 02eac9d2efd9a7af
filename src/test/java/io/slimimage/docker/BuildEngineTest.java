package io.slimimage.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.slimimage.Laboratory;
import io.slimimage.SlimImageException;
import io.slimimage.docker.TestEngine.Recorder;
import io.slimimage.image.ImageReference;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(180)
class BuildEngineTest extends EngineTest {

  private final Recorder progress = new Recorder();

  @ParameterizedTest
  @EnumSource
  void buildsAnImageAndReturnsItsFullId(EngineBuilder builder) {
    // In steps of their own, since the engine mixes what one step prints to both streams.
    String run = "RUN echo hello; printf '\\033[31mred\\033[0m\\n'; printf tail";
    String id =
        engine.build(
            TestEngine.request(builder, tag),
            TestEngine.dockerfile(
                "FROM " + TestEngine.JRE,
                run + unique(),
                "RUN echo to-stderr >&2" + unique(),
                "ENV A=b",
                "STOPSIGNAL SIGINT"),
            progress);

    assertThat(id).matches("sha256:[0-9a-f]{64}");
    EngineImage image = engine.inspect(tag);
    assertThat(image.id()).isEqualTo(id);
    assertThat(image.tags()).containsExactly(tag);
    assertThat(image.config().env()).containsEntry("A", "b");
    assertThat(image.config().stopSignal()).isEqualTo("SIGINT");
    assertThat(image.platform().os()).isEqualTo("linux");
    assertThat(progress.lines).contains("hello", "to-stderr", "red", "tail");
    assertThat(progress.finished.keySet()).anyMatch(step -> step.contains("RUN echo hello"));
    assertThat(progress.finished.values()).doesNotContainNull();
    assertThat(progress.contextSize).isGreaterThanOrEqualTo(1024);
    assertThat(log.messages).noneMatch(message -> message.startsWith("WARN"));
  }

  @ParameterizedTest
  @EnumSource(names = {"BUILDKIT", "CLASSIC"})
  void tellsTheStepItsLastLinesAndItsExitCode(EngineBuilder builder) {
    BuildFailedException failure =
        catchThrowableOfType(
            BuildFailedException.class,
            () ->
                engine.build(
                    TestEngine.request(builder, tag),
                    TestEngine.dockerfile(
                        "FROM " + TestEngine.JRE,
                        "RUN for i in $(seq 100); do echo line $i; done; exit 7" + unique()),
                    progress));

    assertThat(failure.step()).startsWith("[2/2] RUN for i in");
    assertThat(failure.exitCode()).hasValue(7);
    assertThat(failure.lastLines()).hasSize(40).startsWith("line 61").endsWith("line 100");
    assertThat(failure).hasMessageContaining("[2/2] RUN").hasMessageContaining("exit code 7");
    assertThat(progress.failed).containsExactly(failure.step());
    assertThat(progress.lines).hasSize(100);
  }

  @ParameterizedTest
  @EnumSource(names = {"BUILDKIT", "CLASSIC"})
  void buildsTheTargetStageWithArgumentsAndLabels(EngineBuilder builder) {
    BuildRequest request =
        new BuildRequest(
            List.of(tag),
            "sub dir/Dockerfile.x",
            "wanted",
            Map.of("WHO", "a & b=c+d"),
            Map.of("org.example", "x y"),
            "host",
            null,
            false,
            builder);
    String dockerfile =
        String.join(
            "\n",
            "FROM scratch AS wanted",
            "ARG WHO",
            "ENV GREETED=$WHO",
            "COPY file /copied",
            "FROM " + TestEngine.JRE,
            "RUN exit 1",
            "");

    engine.build(
        request,
        TestEngine.files(Map.of("sub dir/Dockerfile.x", dockerfile, "file", "content")),
        progress);

    EngineImage image = engine.inspect(tag);
    assertThat(image.config().env()).containsEntry("GREETED", "a & b=c+d");
    assertThat(image.config().labels()).containsEntry("org.example", "x y");
    assertThat(image.layers()).hasSize(1);
    assertThat(image.layers().get(0).size()).isEqualTo(7);
  }

  @ParameterizedTest
  @EnumSource(names = {"BUILDKIT", "CLASSIC"})
  void reportsCachedStepsOfASecondBuild(EngineBuilder builder) {
    String run = "RUN sleep 0.5; touch /x" + unique();
    var context = TestEngine.dockerfile("FROM " + TestEngine.JRE, run, "COPY Dockerfile /y");
    Recorder first = new Recorder();
    engine.build(TestEngine.request(builder, tag), context, first);
    assertThat(cached(first, "RUN sleep")).isFalse();
    assertThat(first.durations.get(name(first, "RUN sleep")))
        .isBetween(millis(400), millis(30_000));

    engine.build(TestEngine.request(builder, tag), context, progress);

    assertThat(cached(progress, "RUN sleep")).isTrue();
    assertThat(cached(progress, "COPY")).isTrue();
  }

  @Test
  void fallsBackToTheClassicBuilderWhereBuildKitNeedsASession() {
    String registry = Laboratory.variable("SLIMIMAGE_LAB_AUTH_REGISTRY");

    assertThatThrownBy(
            () ->
                engine.build(
                    TestEngine.request(EngineBuilder.AUTO, tag),
                    TestEngine.dockerfile("FROM " + registry + "/none/absent:1"),
                    progress))
        .hasMessageContaining("no basic auth credentials");
    assertThat(log.messages)
        .anyMatch(m -> m.startsWith("WARN BuildKit") && m.contains("no active sessions"));
  }

  @ParameterizedTest
  @EnumSource(names = {"BUILDKIT", "CLASSIC"})
  void reportsAContextWriterThatFailsAndMakesNoImage(EngineBuilder builder) {
    assertThatThrownBy(
            () ->
                engine.build(
                    TestEngine.request(builder, tag),
                    out -> {
                      // Complete entries: an engine that got a proper end would build from them.
                      TarArchiveOutputStream tar = new TarArchiveOutputStream(out);
                      TestEngine.write(tar, Map.of("Dockerfile", "FROM scratch\nCOPY . /\n"));
                      tar.flush();
                      throw new IOException("pom.xml has vanished");
                    },
                    progress))
        .isInstanceOf(SlimImageException.class)
        .isNotInstanceOf(EngineException.class)
        .hasMessage("The build context could not be written: pom.xml has vanished");
    TestEngine.remove(); // one more request, behind the broken one
    assertThat(engine.hasImage(tag)).isFalse();
    assertThat(progress.started).isEmpty();
  }

  @Test
  void passesOnWhatTheContextWriterHasToSay() {
    SlimImageException failure = new SlimImageException("Secret file in the context");
    assertThatThrownBy(
            () ->
                engine.build(
                    TestEngine.request(EngineBuilder.AUTO, tag),
                    out -> {
                      throw failure;
                    },
                    progress))
        .isSameAs(failure);
  }

  @ParameterizedTest
  @EnumSource(names = {"BUILDKIT", "CLASSIC"})
  void showsTheEnginesMessageForARefusedRequest(EngineBuilder builder) {
    assertThatThrownBy(
            () ->
                engine.build(
                    TestEngine.request(builder, "Upper/Case:1"),
                    TestEngine.dockerfile("FROM scratch"),
                    progress))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("HTTP status")
        .hasMessageContaining("invalid reference format");
  }

  @ParameterizedTest
  @EnumSource(names = {"BUILDKIT", "CLASSIC"})
  void reportsAMistakeInTheDockerfile(EngineBuilder builder) {
    assertThatThrownBy(
            () ->
                engine.build(
                    TestEngine.request(builder, tag),
                    TestEngine.dockerfile("FROM scratch", "FLY away"),
                    progress))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContainingAll("unknown instruction", "FLY");
  }

  @ParameterizedTest
  @EnumSource(names = {"BUILDKIT", "CLASSIC"})
  void streamsAContextThatIsLargerThanItsBuffers(EngineBuilder builder) {
    long size = 200L << 20;
    engine.build(
        TestEngine.request(builder, tag),
        out -> {
          TarArchiveOutputStream tar = new TarArchiveOutputStream(out);
          TestEngine.write(tar, Map.of("Dockerfile", "FROM scratch\nCOPY big /big\n"));
          TestEngine.entry(tar, "big", size);
          byte[] chunk = new byte[100_003];
          for (long left = size; left > 0; left -= chunk.length) {
            tar.write(chunk, 0, (int) Math.min(left, chunk.length));
          }
          tar.closeArchiveEntry();
          tar.finish();
          tar.flush();
        },
        progress);

    assertThat(progress.contextSize).isGreaterThan(size);
    assertThat(engine.inspect(tag).size()).isEqualTo(size);
  }

  @Test
  void tagsAnImageAndRefusesToInspectAMissingOne() {
    engine.build(
        TestEngine.request(EngineBuilder.AUTO, tag),
        TestEngine.files(
            Map.of(
                "Dockerfile",
                "FROM scratch\nCOPY Dockerfile /x\nLABEL u=" + UUID.randomUUID() + "\n")),
        progress);
    ImageReference other = ImageReference.parse(TestEngine.uniqueTag());
    assertThat(engine.hasImage(other.familiar())).isFalse();

    engine.tag(tag, other);

    assertThat(engine.inspect(tag).tags()).containsExactlyInAnyOrder(tag, other.familiar());
    TestEngine.remove(other.familiar());
    assertThatThrownBy(() -> engine.inspect(other.familiar()))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("has no image [" + other + "]");
    assertThatThrownBy(() -> engine.tag(other.familiar(), other))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("No such image");
  }

  /** Makes a step that no earlier run has left in the engine's cache. */
  private static String unique() {
    return " #" + UUID.randomUUID();
  }

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }

  private static String name(Recorder recorder, String part) {
    return recorder.finished.keySet().stream()
        .filter(s -> s.contains(part))
        .findFirst()
        .orElseThrow();
  }

  private static boolean cached(Recorder recorder, String part) {
    return recorder.finished.get(name(recorder, part));
  }
}
