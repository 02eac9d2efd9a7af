package io.slimimage.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.RecordedLog;
import io.slimimage.SlimImageException;
import io.slimimage.blob.Compression;
import io.slimimage.blob.Digest;
import io.slimimage.blob.Records;
import io.slimimage.credentials.CredentialSource;
import io.slimimage.credentials.Credentials;
import io.slimimage.image.ImageReference;
import io.slimimage.image.PlatformImages;
import io.slimimage.output.PushableImage.Part;
import io.slimimage.output.Pushed.Transfer;
import io.slimimage.registry.ManifestBytes;
import io.slimimage.registry.Registries;
import io.slimimage.registry.RegistryException;
import io.slimimage.registry.RegistrySettings;
import io.slimimage.registry.Script;
import io.slimimage.registry.ScriptedRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pushes over HTTP to a registry that does not do what it should. */
@Timeout(60)
class RegistryPushTest {

  private static final String NAME = "team/shop";

  @TempDir private Path directory;

  private final RecordedLog log = new RecordedLog();
  private ScriptedRegistry registry;
  private PushableImage image;

  @BeforeEach
  void start() throws IOException {
    registry = ScriptedRegistry.start();
    image =
        PushableImage.of(
            PlatformImages.of(
                SampleImage.in(directory.resolve("cache"), Compression.GZIP, 1)
                    .withLarger(20_000)
                    .printing("hello", registry.host() + "/" + NAME + ":1")));
  }

  @AfterEach
  void stop() throws IOException {
    registry.close();
  }

  private Pushed push(String... tags) {
    return push(image, registry -> Optional.empty(), tags);
  }

  private Pushed push(PushableImage pushed, CredentialSource credentials, String... tags) {
    List<ImageReference> names =
        Arrays.stream(tags)
            .map(tag -> ImageReference.parse(registry.host() + "/" + NAME + ":" + tag))
            .toList();
    try (Registries client = ScriptedRegistry.client(RegistrySettings.usual(), credentials, log)) {
      return new RegistryWriter(client, new Records(directory.resolve("records")), log)
          .push(pushed, names)
          .get(0);
    }
  }

  private Digest digest(int part) {
    return image.parts().get(part).descriptor().digest();
  }

  private long uploads() {
    return registry.count("PUT .*/blobs/uploads/.*");
  }

  private void assertWhole(PushableImage pushed, String tag) {
    assertThat(registry.memory().manifest(NAME, tag).bytes()).isEqualTo(pushed.root().bytes());
    for (Part part : pushed.parts()) {
      assertThat(registry.memory().blob(NAME, part.descriptor().digest()))
          .hasSize((int) part.descriptor().size());
    }
  }

  @Test
  void sendsAgainWhatTheRegistryLosesBeforeItGetsTheManifest() {
    registry.on(
        "PUT .*/manifests/.*",
        exchange -> {
          registry.memory().lose(NAME, digest(1));
          registry.memory().play(exchange);
        });

    Pushed pushed = push("1", "2");

    assertWhole(image, "1");
    assertWhole(image, "2");
    assertThat(uploads()).isEqualTo(5);
    assertThat(pushed.count(Transfer.SENT)).isEqualTo(4);
  }

  @Test
  void sendsWhatTheRegistryHasLostOfAnImageThatOnlyGetsAnotherTag() {
    push("1");
    registry.memory().lose(NAME, digest(2));

    Pushed pushed = push("1", "2");

    assertWhole(image, "2");
    assertThat(pushed.blobs())
        .containsEntry(digest(2), Transfer.SENT)
        .containsEntry(digest(1), Transfer.PRESENT);
    assertThat(uploads()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"MANIFEST_BLOB_UNKNOWN", "BLOB_UNKNOWN"})
  void waitsForARegistryThatDoesNotSeeYetWhatItGot(String code) {
    Script unknown = Script.json(400, ScriptedRegistry.error(code, "blob unknown to registry"));
    registry.on("PUT .*/manifests/.*", unknown, unknown);

    push("1");

    assertWhole(image, "1");
    assertThat(uploads()).isEqualTo(4);
    assertThat(registry.count("PUT .*/manifests/1")).isEqualTo(3);
  }

  @Test
  void saysThatTheRegistryNeverSeesWhatItGot() {
    registry.always(
        "PUT .*/manifests/.*",
        Script.json(404, ScriptedRegistry.error("MANIFEST_BLOB_UNKNOWN", "blob unknown")));

    assertThatThrownBy(() -> push("1"))
        .isInstanceOf(RegistryException.class)
        .hasMessage(
            "Cannot push [1] to [%s/team/shop]: [%s] answers 404 (MANIFEST_BLOB_UNKNOWN: blob unknown)"
                    .formatted(registry.host(), registry.host())
                + " though every part was there or sent, tried 5 times, perhaps you should try"
                + " again later");
    assertThat(registry.memory().manifest(NAME, "1")).isNull();
    assertThat(uploads()).isEqualTo(4);
  }

  @Test
  void sendsAgainTheImageOfAnIndexThatTheRegistryLoses() {
    ManifestBytes index = RegistryWriterTest.index(image.root());
    PushableImage several = new PushableImage(List.of(image.root(), index), image.parts());
    registry.on(
        "PUT .*/manifests/1",
        exchange -> {
          registry.memory().loseManifest(NAME, image.digest());
          registry.memory().lose(NAME, digest(3));
          exchange.json(400, ScriptedRegistry.error("MANIFEST_UNKNOWN", "manifest unknown"));
        });

    push(several, registry -> Optional.empty(), "1");

    assertWhole(several, "1");
    assertThat(registry.memory().manifest(NAME, image.digest().toString())).isNotNull();
  }

  @Test
  void costsOneRequestForEachTagAndOneToLearnThatAPasswordIsWanted() {
    CredentialSource user =
        name -> Optional.of(new Credentials("user", "password", "", "settings.xml"));
    push(image, user, "1", "2", "3", "4");
    registry.requests().clear();
    push("1", "2", "3", "4");
    assertThat(registry.requests()).hasSize(4);

    registry.always(
        ".*",
        exchange ->
            (exchange.header("Authorization").isEmpty()
                    ? Script.challenge("Basic realm=\"lab\"")
                    : registry.memory())
                .play(exchange));
    registry.requests().clear();
    push(image, user, "1", "2", "3", "4");
    assertThat(registry.requests()).hasSize(5);

    registry.requests().clear();
    push(image, user, "1");
    assertThat(registry.requests()).hasSize(2);
  }

  @Test
  void letsTwoPushTheSameImageAtTheSameTime() throws Exception {
    CyclicBarrier together = new CyclicBarrier(2);
    // Neither has all of the first blob before both have found that it lacks.
    registry.on(upload(0), atThe(together), atThe(together));

    List<Callable<Pushed>> pushes = List.of(() -> push("1", "2"), () -> push("1", "2"));
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (Future<Pushed> pushed : threads.invokeAll(pushes)) {
        assertThat(pushed.get().digest()).isEqualTo(image.digest());
      }
    } finally {
      threads.shutdownNow();
    }

    assertWhole(image, "1");
    assertWhole(image, "2");
  }

  /** Answers when so many uploads have arrived. */
  private Script atThe(CyclicBarrier barrier) {
    return exchange -> {
      try {
        barrier.await(30, TimeUnit.SECONDS);
      } catch (Exception e) {
        throw new IOException(e);
      }
      registry.memory().play(exchange);
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void sendsWhatWasLackingAfterAPushThatBrokeOff(int part) {
    Script[] resets = new Script[5];
    Arrays.fill(resets, Script.resetAfter(10));
    registry.on(upload(part), resets);

    assertThatThrownBy(() -> push("1"))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("Cannot push the blob [" + digest(part) + "]")
        .hasMessageContaining("tried 5 times");
    assertThat(registry.memory().manifest(NAME, "1")).isNull();

    assertSendsWhatIsLacking(part);
  }

  private String upload(int part) {
    return "PUT .*digest=sha256%3A" + digest(part).hex();
  }

  /** What had arrived when a connection ended, a registry may get to store a little later. */
  private void assertSendsWhatIsLacking(int lacking) {
    List<Integer> present =
        IntStream.range(0, image.parts().size())
            .filter(part -> registry.memory().blob(NAME, digest(part)) != null)
            .boxed()
            .toList();
    assertThat(present).doesNotContain(lacking);
    registry.requests().clear();

    Pushed pushed = push("1");

    assertWhole(image, "1");
    assertThat(pushed.blobs()).containsEntry(digest(lacking), Transfer.SENT);
    assertThat(registry.count(upload(lacking))).isPositive();
    assertThat(present)
        .allSatisfy(
            part -> {
              assertThat(pushed.blobs()).containsEntry(digest(part), Transfer.PRESENT);
              assertThat(registry.count(upload(part))).isZero();
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void sendsWhatWasLackingAfterAPushThatWasInterrupted(int part) throws Exception {
    CountDownLatch sending = new CountDownLatch(1);
    registry.on(
        upload(part),
        exchange -> {
          sending.countDown();
          // Until the client is gone.
          exchange.socket().getInputStream().transferTo(OutputStream.nullOutputStream());
        });
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    Thread pushing =
        new Thread(
            () -> {
              try {
                failure.complete(new AssertionError("pushed " + push("1")));
              } catch (SlimImageException e) {
                failure.complete(e);
              }
            });
    pushing.start();
    sending.await();
    pushing.interrupt();

    assertThat(failure.get(30, TimeUnit.SECONDS)).hasMessage("The push was interrupted");
    assertThat(registry.memory().manifest(NAME, "1")).isNull();
    assertSendsWhatIsLacking(part);
  }
}
