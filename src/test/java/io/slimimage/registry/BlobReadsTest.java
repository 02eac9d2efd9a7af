package io.slimimage.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import io.slimimage.image.Descriptor;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BlobReadsTest extends RepositoryTest {

  private final byte[] bytes = TestClient.bytes(300_000);
  private final Descriptor layer = TestClient.layer(bytes);

  @Test
  void sendsAndGetsABlobWithoutBytes() throws IOException {
    Descriptor empty = TestClient.layer(new byte[0]);

    repository.push(empty, Blob.of(new byte[0]));

    assertThat(registry.memory().blob("a/b", empty.digest())).isEmpty();
    assertThat(TestClient.read(repository, empty)).isEmpty();
  }

  @Test
  void getsABlob() throws IOException {
    registry.memory().put("a/b", bytes);

    assertThat(TestClient.read(repository, layer)).isEqualTo(bytes);
    assertThat(client.registries.traffic()).isEqualTo(new Traffic(1, 0, 300_000));
  }

  @Test
  void usesAConnectionAgain() throws IOException {
    registry.memory().put("a/b", bytes);

    for (int i = 0; i < 5; i++) {
      TestClient.read(repository, layer);
      repository.hasBlob(layer.digest());
      repository.find("none");
    }

    assertThat(registry.connections()).isEqualTo(1);
  }

  @Test
  void saysThatABlobIsNotThere() {
    assertThatThrownBy(() -> repository.open(layer))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("answers 404 (BLOB_UNKNOWN: blob unknown to registry)")
        .satisfies(it -> assertThat(((RegistryException) it).status()).isEqualTo(404));
  }

  @Test
  void knowsWhetherABlobIsThereWhateverElseTheAnswerHas() {
    registry.on(
        "HEAD .*",
        exchange -> exchange.head(200, List.of(), Map.of()),
        Script.status(200, "Content-Length", "5", "Docker-Content-Digest", "nonsense"),
        exchange -> exchange.head(404, List.of(), Map.of()),
        Script.json(404, ScriptedRegistry.error("NAME_UNKNOWN", "repository name not known")),
        exchange -> exchange.answer(404, Map.of("Content-Type", "text/html"), "<p>".getBytes()));

    assertThat(repository.hasBlob(layer.digest())).isTrue();
    assertThat(repository.hasBlob(layer.digest())).isTrue();
    for (int i = 0; i < 3; i++) {
      assertThat(repository.hasBlob(layer.digest())).isFalse();
    }
  }

  @Test
  void takesNoOtherBlobForOne() {
    String other = Digest.sha256("other").toString();
    registry.on("HEAD .*", Script.status(200, "Docker-Content-Digest", other));
    registry.on("POST .*", Script.status(201, "Docker-Content-Digest", other));

    assertThatThrownBy(() -> repository.hasBlob(layer.digest()))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("has the digest [" + other + "] for it instead of");
    assertThatThrownBy(() -> repository.mount(layer.digest(), "c/d"))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("has the digest [" + other + "] for it instead of");
  }

  @Test
  void handsOutNoDamagedBlob() {
    byte[] damaged = bytes.clone();
    damaged[0]++;
    registry.on("GET .*", exchange -> exchange.answer(200, Map.of(), damaged));

    assertThatThrownBy(() -> TestClient.read(repository, layer))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining(layer.digest().toString())
        .hasMessageContaining("has the digest [" + Digest.sha256(damaged) + "] instead");
  }

  @Test
  void refusesABlobOfAnotherSize() {
    registry.on("GET .*", exchange -> exchange.answer(200, Map.of(), new byte[300_001]));

    assertThatThrownBy(() -> repository.open(layer))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("it has 300001 bytes instead of 300000");
  }

  @Test
  void readsNoMoreThanItsSizeOfABlobThatNeverEnds() {
    registry.on("GET .*", ManifestsTest::endless);

    assertThatThrownBy(() -> TestClient.read(repository, layer))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("has the digest [");
    assertThat(client.registries.traffic().bytesReceived()).isLessThan(1 << 20);
  }

  @Test
  void goesOnWhereADownloadBrokeOff() throws IOException {
    registry.memory().put("a/b", bytes);
    BrokenDownload broken = new BrokenDownload(bytes, 100_000);
    registry.on("GET .*", broken, exchange -> partly(exchange, 200_000));

    assertThat(broken.read(repository, layer)).isEqualTo(bytes);
    assertThat(registry.requests()).hasSize(3);
    assertThat(from(registry.requests().get(1))).isBetween(BrokenDownload.ARRIVED, 100_000);
    assertThat(from(registry.requests().get(2))).isBetween(BrokenDownload.ARRIVED, 200_000);
  }

  @Test
  void readsFromTheStartWhereARegistryKnowsNoRanges() throws IOException {
    registry.on("GET .*", cutAt(100_000), exchange -> exchange.answer(200, Map.of(), bytes));

    assertThat(TestClient.read(repository, layer)).isEqualTo(bytes);
    assertThat(registry.requests()).hasSize(2);
  }

  @Test
  void givesUpADownloadThatAlwaysBreaksOff() {
    registry.always("GET .*", cutAt(100_000));

    assertThatThrownBy(() -> TestClient.read(repository, layer))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("Cannot get the blob [" + layer.digest() + "]")
        .hasMessageContaining("tried 5 times");
  }

  @Test
  void refusesAnotherPartThanItAskedFor() {
    BrokenDownload broken = new BrokenDownload(bytes, 100_000);
    registry.on(
        "GET .*",
        broken,
        exchange ->
            exchange.answer(206, Map.of("Content-Range", "bytes 0-9/300000"), new byte[10]));

    assertThatThrownBy(() -> broken.read(repository, layer))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining(", got [bytes 0-9/300000]");
  }

  /** Sends the beginning of the blob, and ends the connection. */
  private Script cutAt(int length) {
    return exchange -> {
      exchange.head(200, List.of(), Map.of("Content-Length", "300000"));
      exchange.out().write(bytes, 0, length);
      exchange.out().flush();
      exchange.socket().close();
    };
  }

  private static int from(Exchange exchange) {
    return Integer.parseInt(exchange.header("Range").replaceAll("\\D", ""));
  }

  private void partly(Exchange exchange, int until) throws IOException {
    int from = from(exchange);
    exchange.head(
        206,
        List.of(),
        Map.of(
            "Content-Length",
            Integer.toString(bytes.length - from),
            "Content-Range",
            "bytes " + from + "-299999/300000"));
    exchange.out().write(bytes, from, until - from);
    exchange.out().flush();
    exchange.socket().close();
  }
}
