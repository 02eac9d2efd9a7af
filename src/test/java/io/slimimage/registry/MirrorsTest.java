package io.slimimage.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.blob.Blob;
import io.slimimage.image.Descriptor;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MirrorsTest {

  private final ManifestBytes manifest = TestClient.manifest("{}");
  private final byte[] bytes = TestClient.bytes(1000);
  private final Descriptor layer = TestClient.layer(bytes);
  private ScriptedRegistry registry;
  private ScriptedRegistry one;
  private ScriptedRegistry two;
  private TestClient client;

  @BeforeEach
  void start() throws IOException {
    registry = ScriptedRegistry.start();
    one = ScriptedRegistry.start();
    two = ScriptedRegistry.start();
    client =
        TestClient.with(
            new RegistrySettings(
                Set.of(),
                Optional.empty(),
                Map.of(registry.host(), List.of(one.host(), two.host() + "/cache/")),
                RegistrySettings.Proxies.NONE,
                RegistrySettings.Timeouts.USUAL,
                false));
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    registry.close();
    one.close();
    two.close();
  }

  @Test
  void readsFromTheFirstMirrorThatHasIt() throws IOException {
    two.memory().put("cache/a/b", "1", manifest);
    two.memory().put("cache/a/b", bytes);
    Repository repository = client.pull(registry, "a/b");

    assertThat(repository.find("1")).contains(manifest.descriptor());
    assertThat(repository.manifest("1")).isPresent();
    assertThat(repository.hasBlob(layer.digest())).isTrue();
    assertThat(TestClient.read(repository, layer)).isEqualTo(bytes);
    assertThat(repository.name()).isEqualTo(registry.host() + "/a/b");
    assertThat(registry.requests()).isEmpty();
    assertThat(one.requests()).hasSize(4);
    assertThat(client.log.warnings()).isEmpty();
    assertThat(client.log.all()).contains("The mirror [" + one.host() + "/a/b] does not have [1]");
  }

  @Test
  void readsFromTheRegistryWhatNoMirrorHas() throws IOException {
    registry.memory().put("a/b", "1", manifest);
    registry.memory().put("a/b", bytes);
    Repository repository = client.pull(registry, "a/b");

    assertThat(repository.find("1")).isPresent();
    assertThat(repository.manifest("1")).isPresent();
    assertThat(repository.hasBlob(layer.digest())).isTrue();
    assertThat(TestClient.read(repository, layer)).isEqualTo(bytes);
    assertThat(repository.find("none")).isEmpty();
  }

  @Test
  void leavesAMirrorAloneThatFails() {
    registry.memory().put("a/b", "1", manifest);
    one.always(".*", Script.status(503));
    two.always(".*", Script.status(403));

    assertThat(client.pull(registry, "a/b").find("1")).isPresent();
    assertThat(client.pull(registry, "a/b").find("1")).isPresent();
    assertThat(one.requests()).hasSize(5);
    assertThat(two.requests()).hasSize(1);
    assertThat(client.log.warnings())
        .hasSize(2)
        .allMatch(it -> it.startsWith("Going on without the mirror [127.0.0.1:"));
  }

  @Test
  void failsWithTheRegistrysOwnFailure() {
    registry.always(".*", Script.status(418));

    assertThatThrownBy(() -> client.pull(registry, "a/b").find("1"))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("[" + registry.host() + "] answers 418");
  }

  @Test
  void neverWritesToAMirror() {
    client.push(registry, "a/b").push(layer, Blob.of(bytes));
    client.push(registry, "a/b").pushManifest("1", manifest);
    client.push(registry, "a/b").find("1");

    assertThat(one.requests()).isEmpty();
    assertThat(two.requests()).isEmpty();
    assertThat(registry.memory().manifest("a/b", "1")).isNotNull();
    assertThatThrownBy(() -> client.pull(registry, "a/b").push(layer, Blob.of(bytes)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void asksNobodyOffline() {
    try (TestClient offline =
        TestClient.with(
            new RegistrySettings(
                Set.of(),
                Optional.empty(),
                Map.of(),
                RegistrySettings.Proxies.NONE,
                RegistrySettings.Timeouts.USUAL,
                true))) {
      assertThatThrownBy(() -> offline.pull(registry, "a/b"))
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining(
              "since Maven is offline, perhaps you should run it once without -o");
      assertThat(registry.requests()).isEmpty();
      assertThat(offline.registries.traffic()).isEqualTo(Traffic.NONE);
    }
  }
}
