package io.slimimage.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.blob.Blob;
import io.slimimage.image.Descriptor;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RetriesTest {

  private final TestClient client = TestClient.anonymous();
  private final ManifestBytes manifest = TestClient.manifest("{}");
  private final byte[] bytes = TestClient.bytes(2_000_000);
  private final Descriptor layer = TestClient.layer(bytes);
  private ScriptedRegistry registry;

  @BeforeEach
  void start() throws IOException {
    registry = ScriptedRegistry.start();
    registry.memory().put("a/b", "1", manifest);
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    registry.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void triesAgainWhatMayBeAnsweredOtherwiseLater(int status) {
    registry.on(".*", Script.status(status), Script.json(status, "{}"), Script.status(status));

    assertThat(client.pull(registry, "a/b").find("1")).isPresent();
    assertThat(registry.requests()).hasSize(4);
    assertThat(client.timing.pauses())
        .containsExactly(Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofMillis(1000));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 402, 409, 412, 418, 501, 505})
  void triesOnceWhatIsFinal(int status) {
    registry.always("GET .*", Script.status(status));

    assertThatThrownBy(() -> client.pull(registry, "a/b").manifest("1"))
        .isInstanceOf(RegistryException.class)
        .hasMessageEndingWith("answers " + status);
    assertThat(registry.requests()).hasSize(1);
  }

  @Test
  void givesUpInTheEnd() {
    registry.always(".*", Script.json(503, ScriptedRegistry.error("UNAVAILABLE", "be back soon")));

    assertThatThrownBy(() -> client.pull(registry, "a/b").manifest("1"))
        .isInstanceOf(RegistryException.class)
        .hasMessage(
            "Cannot get [1] of [%s/a/b]: [%s] answers 503 (UNAVAILABLE: be back soon), tried 5 times,"
                    .formatted(registry.host(), registry.host())
                + " perhaps you should try again later")
        .satisfies(it -> assertThat(((RegistryException) it).status()).isEqualTo(503));
    assertThat(registry.requests()).hasSize(5);
    assertThat(client.log.all())
        .anyMatch(
            it -> it.startsWith("Attempt 4 to get [1] of [" + registry.host() + "/a/b] failed"));
  }

  @Test
  void waitsAsLongAsTheRegistryWishes() {
    registry.on(
        ".*",
        Script.status(429, "Retry-After", "7"),
        Script.status(
            503,
            "Date",
            "Mon, 02 Jan 2017 00:00:00 GMT",
            "Retry-After",
            "Mon, 02 Jan 2017 00:00:30 GMT"),
        Script.status(503, "Retry-After", "Thu, 01 Jan 2026 00:00:11 GMT"),
        Script.status(429, "Retry-After", "99999999999999999999"));

    assertThat(client.pull(registry, "a/b").find("1")).isPresent();
    assertThat(client.timing.pauses())
        .containsExactly(
            Duration.ofMillis(7250),
            Duration.ofMillis(30_500),
            Duration.ofMillis(12_000),
            Duration.ofMillis(122_000));
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "-5", "", "Sat, 01 Jan 2000 00:00:00 GMT"})
  void ignoresAWishThatMakesNoSense(String wish) {
    registry.on(".*", Script.status(429, "Retry-After", wish));

    assertThat(client.pull(registry, "a/b").find("1")).isPresent();
    assertThat(client.timing.pauses()).containsExactly(Duration.ofMillis(250));
  }

  @Test
  void triesAgainWhereTheConnectionEnds() {
    Repository repository = client.push(registry, "a/b");
    repository.find("1");
    registry.on("(POST|PUT) .*", Script.resetAfter(0), Script.resetAfter(0));

    repository.push(layer, Blob.of(bytes));
    registry.on("PUT .*", Script.resetAfter(0));
    repository.pushManifest("2", manifest);

    assertThat(registry.memory().blob("a/b", layer.digest())).isEqualTo(bytes);
    assertThat(registry.memory().manifest("a/b", "2")).isNotNull();
    assertThat(client.timing.pauses()).hasSize(3);
  }

  @Test
  void saysThatNobodyIsThere() throws IOException {
    registry.close();

    assertThatThrownBy(() -> client.pull(registry, "a/b").find("1"))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("Cannot find [1] of [" + registry.host() + "/a/b]")
        .hasMessageContaining("tried 3 times")
        .hasMessageContaining("perhaps you should check the registry's name");
    assertThatThrownBy(() -> client.repository("nobody.invalid", "a/b", Access.PULL).find("1"))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("[nobody.invalid]: this host is not known");
  }

  @Test
  void doesNotWaitForEverForAnAnswer() {
    registry.always("GET .*", Script.silence());
    try (TestClient impatient = TestClient.impatient()) {
      assertThatThrownBy(() -> impatient.pull(registry, "a/b").manifest("1"))
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("nothing came for 400 ms, tried 3 times")
          .hasMessageContaining("raise slimimage.registry.timeout");
    }
  }

  @Test
  void doesNotWaitForEverForTheRestOfABody() {
    registry.always(
        "GET .*",
        exchange -> {
          exchange.head(200, List.of(), Map.of("Content-Length", "100"));
          exchange.out().write(1);
          exchange.socket().getInputStream().read();
        });
    try (TestClient impatient = TestClient.impatient()) {
      assertThatThrownBy(() -> impatient.pull(registry, "a/b").manifest("1"))
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("nothing came for 400 ms");
    }
  }

  @Test
  void beginsAnotherSessionWhereNobodyReadsWhatItSends() {
    registry.on(
        "PUT .*",
        exchange -> {
          exchange.body(1000);
          pass(30_000);
        });
    try (TestClient impatient = TestClient.impatient()) {
      byte[] large = TestClient.bytes(20_000_000);
      impatient.push(registry, "a/b").push(TestClient.layer(large), Blob.of(large));

      assertThat(registry.memory().blob("a/b", TestClient.layer(large).digest())).isEqualTo(large);
    }
  }

  @Test
  void takesATransferAsLongAsBytesFlow() {
    registry.on(
        "PUT .*",
        exchange -> {
          byte[] all = new byte[bytes.length];
          for (int i = 0; i < all.length; i += 250_000) {
            System.arraycopy(exchange.body(250_000), 0, all, i, 250_000);
            pass(100);
          }
          exchange.answer(201);
        });
    try (TestClient impatient = TestClient.impatient()) {
      impatient.push(registry, "a/b").push(layer, Blob.of(bytes));
      assertThat(impatient.timing.pauses()).isEmpty();
    }
  }

  /** A server that is slow. */
  private static void pass(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void stopsOnAnInterrupt() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    registry.always(
        "GET .*",
        exchange -> {
          arrived.countDown();
          exchange.socket().getInputStream().read();
        });
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                client.pull(registry, "a/b").manifest("1");
              } catch (RegistryException e) {
                failure.complete(Thread.currentThread().isInterrupted() ? e : null);
              }
            });
    thread.start();
    arrived.await();
    thread.interrupt();

    assertThat(failure.get(30, TimeUnit.SECONDS))
        .hasMessageContaining("Interrupted, cannot get [1] of");
  }
}
