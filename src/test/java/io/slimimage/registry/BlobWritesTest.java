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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BlobWritesTest extends RepositoryTest {

  private final byte[] bytes = TestClient.bytes(300_000);
  private final Descriptor layer = TestClient.layer(bytes);
  private final String upload = "/v2/a/b/blobs/uploads/";

  @Test
  void sendsABlobByTwoRequests() {
    repository.push(layer, Blob.of(bytes));

    assertThat(registry.memory().blob("a/b", layer.digest())).isEqualTo(bytes);
    assertThat(registry.requests()).hasSize(2);
    assertThat(registry.requests().get(0).header("Content-Length")).isEqualTo("0");
    assertThat(registry.requests().get(1).header("Content-Length")).isEqualTo("300000");
    assertThat(registry.requests().get(1).hasHeader("Transfer-Encoding")).isFalse();
    // At most one of the client for little things, and one of that for large ones.
    assertThat(registry.connections()).isBetween(1, 2);
    assertThat(client.registries.traffic()).isEqualTo(new Traffic(2, 300_000, 0));
    assertThat(repository.hasBlob(layer.digest())).isTrue();
    assertThat(repository.hasBlob(Digest.sha256("another"))).isFalse();
  }

  @Test
  void sendsALittleBlobByOneConnection() {
    byte[] little = TestClient.bytes(20_000);
    Descriptor descriptor = TestClient.layer(little);

    assertThat(repository.hasBlob(descriptor.digest())).isFalse();
    repository.push(descriptor, Blob.of(little));

    assertThat(registry.memory().blob("a/b", descriptor.digest())).isEqualTo(little);
    assertThat(registry.requests()).hasSize(3);
    assertThat(registry.requests().get(1).header("Content-Length")).isEqualTo("0");
    assertThat(registry.requests().get(2).header("Content-Length")).isEqualTo("20000");
    assertThat(registry.requests().get(2).header("Content-Type"))
        .isEqualTo("application/octet-stream");
    assertThat(registry.connections()).isEqualTo(1);
    assertThat(client.registries.traffic()).isEqualTo(new Traffic(3, 20_000, 0));
  }

  @Test
  void beginsAnotherSessionWhereTheConnectionEndsInMidUpload() {
    registry.on("PUT .*", Script.resetAfter(100_000));

    repository.push(layer, Blob.of(bytes));

    assertThat(registry.memory().blob("a/b", layer.digest())).isEqualTo(bytes);
    assertThat(registry.lines()).hasSize(5);
    assertThat(registry.lines().get(1)).isNotEqualTo(registry.lines().get(4));
  }

  @Test
  void sendsNothingAgainOfWhichOnlyTheAnswerWasLost() {
    registry.on(
        "PUT .*",
        exchange -> {
          registry.memory().put("a/b", exchange.body());
          exchange.reset();
        });

    repository.push(layer, Blob.of(bytes));

    assertThat(registry.lines())
        .containsExactly(
            "POST " + upload, registry.lines().get(1), "HEAD /v2/a/b/blobs/" + layer.digest());
    assertThat(registry.count("PUT .*")).isOne();
  }

  @Test
  void beginsAnotherSessionWhereTheRegistryLosesOne() {
    registry.on(
        "PUT .*",
        Script.json(404, ScriptedRegistry.error("BLOB_UPLOAD_UNKNOWN", "who?")),
        Script.json(416, ScriptedRegistry.error("BLOB_UPLOAD_INVALID", "first byte is 1")),
        Script.status(503));

    repository.push(layer, Blob.of(bytes));

    assertThat(registry.memory().blob("a/b", layer.digest())).isEqualTo(bytes);
    assertThat(registry.count("POST .*")).isEqualTo(4);
    assertThat(registry.count("PUT .*")).isEqualTo(4);
  }

  @Test
  void refusesAnotherDigestThanThatOfWhatItSent() {
    String other = Digest.sha256("other").toString();
    registry.on("PUT .*", Script.status(201, "Docker-Content-Digest", other));

    assertThatThrownBy(() -> repository.push(layer, Blob.of(bytes)))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("has the digest [" + other + "] for it instead of");
    assertThat(registry.requests()).hasSize(2);
  }

  @Test
  void neverSendsTheEndOfABlobThatIsNotWhatItShouldBe() {
    byte[] changed = bytes.clone();
    changed[7]++;

    assertThatThrownBy(() -> repository.push(layer, Blob.of(changed)))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("has the digest [" + Digest.sha256(changed) + "] instead");
    assertThatThrownBy(() -> repository.push(layer, Blob.of(new byte[5])))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("it has 5 bytes instead of 300000");
    assertThatThrownBy(() -> repository.push(layer, unreadable()))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("What is to be sent cannot be read")
        .hasMessageContaining("disk on fire");
    assertThat(registry.memory().blob("a/b", layer.digest())).isNull();
    assertThat(client.timing.pauses()).isEmpty();
  }

  private Blob unreadable() {
    return new Blob() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public InputStream open() {
        return new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("disk on fire");
          }
        };
      }
    };
  }

  @Test
  void mountsABlobOfAnotherRepository() {
    registry.memory().put("c/d", bytes);

    assertThat(repository.mount(layer.digest(), "c/d")).isTrue();
    assertThat(registry.memory().blob("a/b", layer.digest())).isEqualTo(bytes);
    assertThat(registry.requests()).hasSize(1);
  }

  @Test
  void sendsABlobByTheSessionThatARefusedMountHasBegun() {
    assertThat(repository.mount(layer.digest(), "c/d")).isFalse();

    repository.push(layer, Blob.of(bytes));

    assertThat(registry.memory().blob("a/b", layer.digest())).isEqualTo(bytes);
    assertThat(registry.requests()).hasSize(2);
  }

  @Test
  void doesWithoutAMountThatIsNotAllowed() {
    registry.on(
        "POST .*mount=.*",
        Script.status(405),
        Script.json(403, ScriptedRegistry.error("DENIED", "not yours")),
        Script.status(404),
        Script.challenge("Basic realm=\"x\""));

    for (int i = 0; i < 4; i++) {
      assertThat(repository.mount(layer.digest(), "c/d")).isFalse();
    }
    repository.push(layer, Blob.of(bytes));
    assertThat(registry.memory().blob("a/b", layer.digest())).isEqualTo(bytes);
  }

  @Test
  void goesToTheLocationWhateverItsForm() {
    String host = "http://" + registry.host();
    registry.on(
        "POST .*",
        Script.status(202, "Location", host + upload + "1?_state=signed"),
        Script.status(202, "Location", upload + "2?x=%2F+%20&_state=signed"),
        Script.status(202, "Location", upload + "3|{raw} ü?_state=signed&x=\"^"),
        exchange ->
            exchange.head(
                202,
                List.of(
                    "Location: " + upload + "4?_state=signed",
                    "Location: " + upload + "4?_state=signed"),
                Map.of("Content-Length", "0")));

    for (int i = 0; i < 4; i++) {
      byte[] content = TestClient.bytes(1000 + i);
      repository.push(TestClient.layer(content), Blob.of(content));
      assertThat(registry.memory().blob("a/b", Digest.sha256(content))).isEqualTo(content);
    }
    assertThat(registry.count("PUT .*/2\\?x=%2F\\+%20&_state=signed&digest=sha256%3A.*")).isOne();
    assertThat(registry.count("PUT .*/3%7C%7Braw%7D%20.*")).isOne();
  }

  @Test
  void refusesALocationThatLeadsNowhere() {
    registry.on(
        "POST .*",
        Script.status(202),
        exchange ->
            exchange.head(
                202,
                List.of("Location: " + upload + "4", "Location: " + upload + "5"),
                Map.of("Content-Length", "0")),
        Script.status(202, "Location", "ftp://127.0.0.1/x"),
        Script.status(202, "Location", "http://"),
        Script.status(201),
        Script.status(200));

    assertThatThrownBy(this::push).hasMessageContaining("answers 202 without a Location");
    assertThatThrownBy(this::push).hasMessageContaining("answers 202 with Locations that differ");
    assertThatThrownBy(this::push).hasMessageContaining("Location that is no address of a server");
    assertThatThrownBy(this::push).hasMessageContaining("Location that is no address of a server");
    assertThatThrownBy(this::push).hasMessageContaining("answers 201");
    assertThatThrownBy(this::push).hasMessageContaining("answers 200");
    assertThat(registry.count("PUT .*")).isZero();
  }

  private void push() {
    repository.push(layer, Blob.of(bytes));
  }

  @Test
  void writesNothingToARepositoryThatWasOpenedToRead() {
    Repository read = client.pull(registry, "a/b");

    assertThatThrownBy(() -> read.push(layer, Blob.of(bytes)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(registry.requests()).isEmpty();
  }
}
