package io.slimimage.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.blob.Blob;
import io.slimimage.image.Descriptor;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RedirectsTest {

  private final TestClient client = TestClient.withCredentials();
  private final byte[] bytes = TestClient.bytes(100_000);
  private final Descriptor layer = TestClient.layer(bytes);
  private ScriptedRegistry registry;
  private ScriptedRegistry storage;
  private Repository repository;

  @BeforeEach
  void start() throws IOException {
    registry = ScriptedRegistry.start();
    storage = ScriptedRegistry.start();
    repository = client.push(registry, "a/b");
    // The registry knows the user from now on.
    registry.on("HEAD .*/known", Script.challenge("Basic realm=\"lab\""));
    repository.find("known");
    assertThat(last(registry).hasHeader("Authorization")).isTrue();
    storage.memory().put("data", bytes);
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    registry.close();
    storage.close();
    assertThat(client.log.all()).noneMatch(it -> it.contains("SECRET"));
  }

  private static Exchange last(ScriptedRegistry server) {
    return server.requests().get(server.requests().size() - 1);
  }

  private String address() {
    return "http://" + storage.host() + "/v2/data/blobs/" + layer.digest() + "?signature=SECRET";
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void getsABlobFromAnotherHostWithoutCredentials(int status) throws IOException {
    registry.on("GET .*", Script.status(status, "Location", address()));

    assertThat(TestClient.read(repository, layer)).isEqualTo(bytes);
    assertThat(last(storage).hasHeader("Authorization")).isFalse();
    assertThat(last(storage).target()).endsWith("?signature=SECRET");
  }

  @Test
  void keepsCredentialsAtTheSameHost() throws IOException {
    registry.memory().put("data", bytes);
    registry.on(
        "GET .*/v2/a/b/blobs/.*",
        Script.status(307, "Location", "/v2/data/blobs/" + layer.digest()));

    assertThat(TestClient.read(repository, layer)).isEqualTo(bytes);
    assertThat(last(registry).hasHeader("Authorization")).isTrue();
  }

  @Test
  void answersNoChallengeOfAnotherHost() {
    registry.on("GET .*", Script.status(307, "Location", address()));
    storage.always("GET .*", Script.challenge("Basic realm=\"give it to me\""));

    assertThatThrownBy(() -> repository.open(layer))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("[" + storage.host() + "] answers 401");
    assertThat(storage.requests()).hasSize(1);
  }

  @Test
  void asksTheRegistryAgainWhereADownloadBrokeOff() throws IOException {
    registry.always("GET .*", Script.status(307, "Location", address()));
    BrokenDownload broken = new BrokenDownload(bytes, 50_000);
    storage.on("GET .*", broken);

    assertThat(broken.read(repository, layer)).isEqualTo(bytes);
    assertThat(registry.count("GET .*")).isEqualTo(2);
    assertThat(last(storage).header("Range")).matches("bytes=[1-9][0-9]+-");
  }

  @Test
  void doesNotRelyOnAStorageThatKnowsNoHead() {
    registry.always("HEAD .*", Script.status(307, "Location", address()));
    storage.on("HEAD .*", Script.status(200), Script.status(403), Script.status(405));

    assertThat(repository.hasBlob(layer.digest())).isTrue();
    assertThat(repository.hasBlob(layer.digest())).isFalse();
    assertThat(repository.hasBlob(layer.digest())).isFalse();
  }

  @Test
  void sendsABlobToWhereTheRegistryWantsIt() {
    registry.on(
        "POST .*",
        Script.status(307, "Location", "/v2/c/d/blobs/uploads/"),
        Script.status(
            202, "Location", "http://" + storage.host() + "/v2/x/blobs/uploads/1?_state=signed"));
    storage.on("PUT .*/1.*", redirect -> redirect.answer(308, "Location", elsewhere(redirect)));

    repository.push(layer, Blob.of(bytes));

    assertThat(storage.memory().blob("x", layer.digest())).isEqualTo(bytes);
    assertThat(storage.requests()).noneMatch(it -> it.hasHeader("Authorization"));
    assertThat(registry.count("POST /v2/c/d/.*")).isOne();
  }

  private static String elsewhere(Exchange exchange) {
    return exchange.target().replace("/1?", "/2?");
  }

  @Test
  void followsNoCircle() {
    registry.always("GET .*", exchange -> exchange.answer(302, "Location", exchange.target()));

    assertThatThrownBy(() -> repository.manifest("1"))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("redirects more than 5 times");
  }

  @Test
  void followsNothingThatIsNoAddress() {
    registry.on(
        "GET .*",
        Script.status(302),
        Script.status(302, "Location", "file:///etc/passwd"),
        Script.status(302, "Location", "http://storage.example/x?SECRET"));

    assertThatThrownBy(() -> repository.manifest("1"))
        .hasMessageContaining("answers 302 without a Location");
    assertThatThrownBy(() -> repository.manifest("1"))
        .hasMessageContaining("no address of a server");
    assertThatThrownBy(() -> repository.manifest("1"))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining(
            "[http://storage.example/x?...] would be spoken to without encryption")
        .hasMessageNotContaining("SECRET");
  }
}
