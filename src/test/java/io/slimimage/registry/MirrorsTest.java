package io.slimimage.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import io.slimimage.image.Descriptor;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
  void leavesAMirrorAloneThatIsNotThereForAllRepositories() throws IOException {
    registry.memory().put("a/b", "1", manifest);
    registry.memory().put("c/d", "1", manifest);
    one.close();

    assertThat(client.pull(registry, "a/b").find("1")).isPresent();
    assertThat(client.pull(registry, "c/d").find("1")).isPresent();
    assertThat(client.log.warnings())
        .singleElement()
        .asString()
        .startsWith("Going on without the mirror [" + one.host() + "]: Cannot find [1] of [");
    assertThat(client.timing.pauses()).as("between attempts to reach it").hasSize(2);
  }

  @Test
  void asksAMirrorForOtherRepositoriesThanThatWhichItRefuses() {
    one.always(".*/a/b/.*", Script.status(403));
    one.memory().put("c/d", "1", manifest);
    registry.memory().put("a/b", "1", manifest);

    assertThat(client.pull(registry, "a/b").find("1")).isPresent();
    assertThat(client.pull(registry, "a/b").find("1")).isPresent();
    assertThat(client.pull(registry, "c/d").find("1")).isPresent();
    assertThat(one.lines()).containsExactly("HEAD /v2/a/b/manifests/1", "HEAD /v2/c/d/manifests/1");
  }

  @Test
  void goesOnAtTheNextMirrorWhereADownloadBreaksOff() throws IOException {
    byte[] large = TestClient.bytes(300_000);
    two.memory().put("cache/a/b", large);
    BrokenDownload broken = new BrokenDownload(large, 100_000);
    one.on("GET .*", broken).always("GET .*", Script.status(502));

    assertThat(broken.read(client.pull(registry, "a/b"), TestClient.layer(large))).isEqualTo(large);
    assertThat(two.requests()).hasSize(1);
    assertThat(two.requests().get(0).header("Range")).matches("bytes=[1-9][0-9]{4,5}-");
    assertThat(registry.requests()).isEmpty();
    assertThat(client.log.warnings())
        .singleElement()
        .asString()
        .startsWith("Going on without the mirror [" + one.host() + "]: Cannot get the blob");
  }

  @Test
  void goesOnAtTheRegistryWhereNoMirrorHasTheRest() throws IOException {
    byte[] large = TestClient.bytes(300_000);
    registry.memory().put("a/b", large);
    BrokenDownload broken = new BrokenDownload(large, 100_000);
    // After it has gone on for a while, it has lost the blob, but nothing else.
    one.on("GET .*", broken).always("GET .*", Script.status(404));

    assertThat(broken.read(client.pull(registry, "a/b"), TestClient.layer(large))).isEqualTo(large);
    assertThat(registry.requests()).hasSize(1);
    assertThat(registry.requests().get(0).hasHeader("Range")).isTrue();
    assertThat(client.log.warnings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 300_000})
  void sendsOnWhatAnotherMirrorHasWhereOneIsDamaged(int size) throws IOException {
    byte[] right = TestClient.bytes(size);
    byte[] damaged = right.clone();
    damaged[999]++;
    Descriptor descriptor = TestClient.layer(right);
    one.always("GET .*", exchange -> exchange.answer(200, Map.of(), damaged));
    registry.memory().put("a/b", right);
    Repository source = client.pull(registry, "a/b");
    Blob blob =
        new Blob() {
          @Override
          public long size() {
            return size;
          }

          @Override
          public InputStream open() {
            return source.open(descriptor);
          }
        };

    client.push(two, "c/d").push(descriptor, blob);

    assertThat(two.memory().blob("c/d", descriptor.digest())).isEqualTo(right);
  }

  @Test
  void asksNoMirrorAgainWhoseBytesAreDamaged() throws IOException {
    byte[] damaged = bytes.clone();
    damaged[999]++;
    one.always("GET .*", exchange -> exchange.answer(200, Map.of(), damaged));
    registry.memory().put("a/b", bytes);
    Repository repository = client.pull(registry, "a/b");

    assertThatThrownBy(() -> TestClient.read(repository, layer))
        .isInstanceOf(MirrorException.class)
        .hasMessageContaining("has the digest [" + Digest.sha256(damaged) + "] instead");
    assertThat(TestClient.read(repository, layer)).isEqualTo(bytes);
    assertThat(one.requests()).hasSize(1);
    assertThat(client.log.warnings())
        .singleElement()
        .asString()
        .startsWith("Going on without the mirror [" + one.host() + "]: The blob [");
  }

  @Test
  void blamesNoMirrorForWhatTheRegistryItselfHasDamaged() {
    byte[] damaged = bytes.clone();
    damaged[0]++;
    registry.always("GET .*", exchange -> exchange.answer(200, Map.of(), damaged));

    assertThatThrownBy(() -> TestClient.read(client.pull(registry, "a/b"), layer))
        .isInstanceOf(RegistryException.class)
        .isNotInstanceOf(MirrorException.class);
    assertThat(client.log.warnings()).isEmpty();
  }

  @Test
  void takesNoManifestOfAMirrorThatIsNotWhatItsDigestSays() {
    ManifestBytes other = TestClient.manifest("{\"other\":true}");
    one.always("GET .*/manifests/.*", exchange -> exchange.answer(200, Map.of(), other.bytes()));
    registry.memory().put("a/b", "1", manifest);

    assertThat(client.pull(registry, "a/b").manifest(manifest.digest().toString()))
        .hasValueSatisfying(it -> assertThat(it.bytes()).isEqualTo(manifest.bytes()));
    assertThat(client.log.warnings()).hasSize(1);
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
