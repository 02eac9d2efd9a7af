package io.slimimage.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.blob.Blob;
import io.slimimage.credentials.Credentials;
import io.slimimage.image.Descriptor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class AuthenticationTest {

  private static final String PULL_PUBLIC = "repository:public/a:pull";
  private static final String PULL_PRIVATE = "repository:private/a:pull";
  private static final String PUSH_PRIVATE = "repository:private/a:pull,push";

  private final TokenScript service = new TokenScript();
  private final ManifestBytes manifest = TestClient.manifest("{}");
  private final byte[] bytes = TestClient.bytes(1000);
  private final Descriptor layer = TestClient.layer(bytes);
  private ScriptedRegistry registry;
  private TestClient client;

  @BeforeEach
  void start() throws IOException {
    registry = ScriptedRegistry.start();
    registry.memory().put("public/a", "1", manifest);
    registry.memory().put("private/a", "1", manifest);
    client = TestClient.withCredentials();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    registry.close();
    assertThat(client.log.all()).noneMatch(it -> it.contains("SECRET"));
  }

  private void use(TestClient other) {
    client = other;
  }

  @Test
  void readsAnonymouslyWhatAnybodyMayRead() {
    service.guard(registry);

    assertThat(client.pull(registry, "public/a").find("1")).isPresent();
    assertThat(service.given()).containsExactly("anonymous " + PULL_PUBLIC);
    assertThat(client.asked).isEmpty();
    assertThat(registry.lines())
        .containsExactly(
            "HEAD /v2/public/a/manifests/1", "GET /token", "HEAD /v2/public/a/manifests/1");
  }

  @Test
  void readsWithCredentialsWhatNotEverybodyMayRead() {
    service.guard(registry);

    assertThat(client.pull(registry, "private/a").find("1")).isPresent();
    assertThat(client.pull(registry, "private/a").find("1")).isPresent();
    assertThat(service.given())
        .containsExactly("anonymous " + PULL_PRIVATE, "user " + PULL_PRIVATE);
    assertThat(client.asked).containsExactly(registry.host());
  }

  /** As a build does that has all of a pinned base image but one layer. */
  @Test
  void getsABlobWithCredentialsBeforeAnythingElse() throws IOException {
    registry.memory().put("private/a", bytes);
    service.guard(registry);

    assertThat(TestClient.read(client.pull(registry, "private/a"), layer)).isEqualTo(bytes);
    assertThat(service.given())
        .containsExactly("anonymous " + PULL_PRIVATE, "user " + PULL_PRIVATE);
  }

  @Test
  void neverWritesWithATokenToRead() {
    service.guard(registry);

    client.pull(registry, "private/a").find("1");
    client.push(registry, "private/a").push(layer, Blob.of(bytes));

    assertThat(service.given())
        .containsExactly(
            "anonymous " + PULL_PRIVATE, "user " + PULL_PRIVATE, "user " + PUSH_PRIVATE);
    assertThat(registry.memory().blob("private/a", layer.digest())).isEqualTo(bytes);
    // It is known by then what the registry wants.
    assertThat(registry.count("POST .*")).isOne();
  }

  @Test
  void asksToReadWhatItMounts() {
    service.guard(registry);
    registry.memory().put("private/b", bytes);

    Repository repository = client.push(registry, "private/a");

    assertThat(repository.mount(layer.digest(), "private/b")).isTrue();
    assertThat(service.given())
        .containsExactly("user " + PUSH_PRIVATE + " repository:private/b:pull");
  }

  @Test
  void sendsWhatItMayNotMount() {
    registry.on("GET /token.*private%2Fb.*", Script.status(403), Script.status(403));
    service.guard(registry);

    Repository repository = client.push(registry, "private/a");

    assertThat(repository.mount(layer.digest(), "private/b")).isFalse();
    repository.push(layer, Blob.of(bytes));
    assertThat(registry.memory().blob("private/a", layer.digest())).isEqualTo(bytes);
  }

  @Test
  void getsAnotherTokenWhereOneExpiresInMidPush() {
    service.guard(registry);
    Repository repository = client.push(registry, "private/a");
    repository.push(layer, Blob.of(bytes));

    service.revoke();
    repository.pushManifest("2", manifest);

    assertThat(service.given()).containsExactly("user " + PUSH_PRIVATE, "user " + PUSH_PRIVATE);
    assertThat(registry.memory().manifest("private/a", "2")).isNotNull();
  }

  @Test
  void sendsABlobAgainThatWasRefusedBeforeItsEnd() {
    byte[] large = TestClient.bytes(20_000_000);
    registry.on(
        "PUT .*/uploads/.*",
        exchange -> {
          exchange.body(1000);
          service.revoke();
          exchange.out().write("HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n".getBytes());
          exchange.socket().close();
        });
    service.guard(registry);

    client.push(registry, "private/a").push(TestClient.layer(large), Blob.of(large));

    assertThat(registry.memory().blob("private/a", TestClient.layer(large).digest()))
        .isEqualTo(large);
    assertThat(service.given()).hasSize(2);
  }

  @Test
  void getsAnotherTokenBeforeOneExpires() {
    service.form(
        "{\"access_token\":\"%s\",\"expires_in\":100,\"issued_at\":\"1999-01-01T00:00:00Z\"}");
    service.guard(registry);
    Repository repository = client.push(registry, "private/a");

    repository.find("1");
    client.timing.pass(Duration.ofSeconds(80));
    repository.find("1");
    assertThat(service.given()).hasSize(1);

    client.timing.pass(Duration.ofSeconds(15));
    repository.find("1");
    assertThat(service.given()).hasSize(2);
    // Nothing was refused but the first request.
    assertThat(registry.count("HEAD .*")).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"token\":\"%s\"}",
        "{\"token\":\"%s\",\"expires_in\":-5}",
        "{\"token\":\"%s\",\"access_token\":\"another\",\"expires_in\":\"soon\"}",
        "{\"token\":\"\",\"access_token\":\"%s\",\"expires_in\":99999999999999,\"issued_at\":\"2099-01-01\"}"
      })
  void understandsTokensOfAnyForm(String form) {
    service.form(form).guard(registry);

    assertThat(client.pull(registry, "public/a").find("1")).isPresent();
    assertThat(client.pull(registry, "public/a").find("1")).isPresent();
    assertThat(service.given()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "nothing", "[]", "{\"token\":5}", "{\"token\":\"a\\r\\nb-SECRET\"}"})
  void saysThatThereIsNoToken(String form) {
    service.form(form).guard(registry);

    assertThatThrownBy(() -> client.pull(registry, "public/a").find("1"))
        .isInstanceOf(RegistryException.class)
        .hasMessage("The token service [" + registry.host() + "] answers without a token");
  }

  @Test
  void refreshesNoMoreThanOnceInARequest() {
    service.guard(registry);
    Repository repository = client.push(registry, "private/a");
    repository.find("1");
    service.form("{\"token\":\"wrong-SECRET\"}");
    service.revoke();

    assertThatThrownBy(() -> repository.find("1"))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("answers 401 to the credentials from settings.xml")
        .hasMessageContaining("perhaps you should check whether they are right");
    assertThat(service.given()).hasSize(2);
  }

  @Test
  void tradesAnIdentityTokenForAToken() {
    use(TestClient.with(new Credentials("", "", TokenScript.IDENTITY, "the Docker config")));
    service.form("{\"access_token\":\"%s\",\"refresh_token\":\"new-SECRET\"}").guard(registry);

    client.push(registry, "private/a").push(layer, Blob.of(bytes));

    assertThat(service.given()).containsExactly("user " + PUSH_PRIVATE);
    assertThat(registry.count("POST /token")).isOne();
  }

  @Test
  void namesTheSourceOfCredentialsThatTheTokenServiceRefuses() {
    use(TestClient.with(new Credentials("user", "wrong-SECRET", "", "settings.xml")));
    service.guard(registry);

    assertThatThrownBy(() -> client.push(registry, "private/a").push(layer, Blob.of(bytes)))
        .isInstanceOf(RegistryException.class)
        .hasMessage(
            "The token service [%s] answers 401 (incorrect username or password) to the credentials from settings.xml,"
                    .formatted(registry.host())
                + " perhaps you should check whether they are right, and not expired");
  }

  @Test
  void saysWhereCredentialsAreMissing() {
    use(TestClient.anonymous());
    service.guard(registry);

    assertThatThrownBy(() -> client.push(registry, "private/a").push(layer, Blob.of(bytes)))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("answers 401, asked without credentials")
        .hasMessageContaining("[docker login " + registry.host() + "]")
        .hasMessageContaining("server with the id [" + registry.host() + "] to settings.xml");
    assertThatThrownBy(() -> client.pull(registry, "private/a").find("1"))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("answers 401, asked without credentials");
  }

  @Test
  void logsInByPasswordWhereTheRegistryWantsIt() {
    for (String challenge :
        List.of("Basic realm=\"lab\"", "BASIC", "Negotiate, basic realm=x", "Digest x=\"y\"")) {
      registry.on(
          "HEAD .*/1",
          Script.challenge(challenge, "Basic realm=\"other\""),
          exchange -> {
            assertThat(exchange.header("Authorization")).startsWith("Basic ");
            registry.memory().play(exchange);
          });
      try (TestClient each = TestClient.withCredentials()) {
        assertThat(each.pull(registry, "public/a").find("1")).isPresent();
      }
    }
    String last = registry.requests().get(7).header("Authorization");
    assertThat(
            new String(
                Base64.getDecoder().decode(last.substring("Basic ".length())),
                StandardCharsets.UTF_8))
        .isEqualTo(TestClient.USER + ":" + TestClient.PASSWORD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bearer realm=\"%s\",service=\"lab\"",
        "BEARER Scope=\"repository:public/a:pull\", REALM=\"%s\"",
        "Basic realm=\"lab\", Bearer realm=\"%s\"",
        "Negotiate abc==, Bearer realm=/token?from=here , error=\"invalid_token\"",
      })
  void getsATokenWhateverTheFormOfTheChallenge(String challenge) {
    registry.on(
        "HEAD .*", Script.challenge(challenge.formatted("http://" + registry.host() + "/token")));
    service.guard(registry);

    assertThat(client.pull(registry, "public/a").find("1")).isPresent();
    assertThat(service.given()).containsExactly("anonymous " + PULL_PUBLIC);
    assertThat(registry.requests().get(1).toString())
        .matches("GET /token\\?(service=lab&|from=here&|)scope=[^&]*");
  }

  @Test
  void saysThatAPasswordIsRefused() {
    registry.always("HEAD .*", Script.challenge("Basic realm=\"lab\""));

    assertThatThrownBy(() -> client.pull(registry, "public/a").find("1"))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("answers 401 to the credentials from settings.xml")
        .hasMessageNotContaining(TestClient.PASSWORD);
    assertThat(registry.requests()).hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void saysWhatTheRegistryForbids() {
    registry.on("PUT .*", Script.challenge("Basic realm=\"lab\""));
    registry.always("PUT .*", Script.json(403, ScriptedRegistry.error("DENIED", "quota exceeded")));

    assertThatThrownBy(() -> client.push(registry, "a/b").pushManifest("1", manifest))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining(
            "answers 403 (DENIED: quota exceeded) to the credentials from settings.xml");
  }

  @Test
  void saysWhichLogInItCannotDo() {
    registry.on(
        "HEAD .*",
        exchange -> exchange.answer(401),
        Script.challenge("Bearer service=\"x\""),
        Script.challenge("Negotiate", "Digest realm=\"x\""),
        Script.challenge("Bearer realm=\"ftp://x\""));
    Repository repository = client.pull(registry, "public/a");

    assertThatThrownBy(() -> repository.find("1"))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("answers 401 without saying how to log in (no WWW-Authenticate)");
    assertThatThrownBy(() -> repository.find("1"))
        .hasMessageContaining("without saying where its token service is (Bearer without realm)");
    assertThatThrownBy(() -> repository.find("1"))
        .hasMessageContaining("wants to be logged in to by [negotiate, digest]");
    assertThatThrownBy(() -> repository.find("1"))
        .hasMessageContaining("names [ftp://x] as its token service");
  }

  @Test
  void sendsNoCredentialsWithoutEncryption() {
    registry.on("PUT .*", Script.challenge("Bearer realm=\"http://token.example/x\""));

    assertThatThrownBy(() -> client.push(registry, "a/b").pushManifest("1", manifest))
        .isInstanceOf(RegistryException.class)
        .hasMessage(
            "[http://token.example/x?...] would be spoken to without encryption, perhaps you should"
                + " add [token.example] to slimimage.insecureRegistries");
  }

  @Test
  void waitsForATokenServiceThatIsBusy() {
    registry.on("GET /token.*", Script.status(429, "Retry-After", "3"), Script.status(503));
    service.guard(registry);

    assertThat(client.pull(registry, "public/a").find("1")).isPresent();
    assertThat(client.timing.pauses()).hasSize(2);
  }

  @Test
  void getsOneTokenForSeveralThreads() throws Exception {
    service.guard(registry);
    Repository repository = client.push(registry, "private/a");

    atOnce(
        number -> {
          byte[] content = TestClient.bytes(10_000 + number);
          repository.push(TestClient.layer(content), Blob.of(content));
        });

    assertThat(service.given()).containsExactly("user " + PUSH_PRIVATE);
    assertThat(registry.count("POST .*")).as("one of them refused").isEqualTo(9);
  }

  @Test
  void isRefusedOnceForSeveralThreads() throws Exception {
    registry.always(
        ".*",
        exchange ->
            (exchange.hasHeader("Authorization")
                    ? registry.memory()
                    : Script.challenge("Basic realm=\"lab\""))
                .play(exchange));
    Repository repository = client.push(registry, "private/a");

    atOnce(number -> assertThat(repository.find("1")).isPresent());

    assertThat(registry.requests()).hasSize(9);
    assertThat(client.asked).hasSize(1);
  }

  @Test
  void keepsNobodyWaitingWhereTheFirstRequestFails() throws Exception {
    registry.on(".*", Script.resetAfter(0), Script.status(503));
    Repository repository = client.push(registry, "private/a");

    atOnce(number -> assertThat(repository.find("1")).isPresent());

    assertThat(client.timing.pauses()).isNotEmpty();
  }

  /** Does something eight times at the same time. */
  private static void atOnce(IntConsumer action) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Void>> actions = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        int number = i;
        actions.add(
            () -> {
              action.accept(number);
              return null;
            });
      }
      for (Future<Void> result : threads.invokeAll(actions)) {
        result.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
