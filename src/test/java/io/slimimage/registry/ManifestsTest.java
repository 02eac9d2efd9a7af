package io.slimimage.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.blob.Digest;
import io.slimimage.image.MediaTypes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ManifestsTest extends RepositoryTest {

  private final ManifestBytes manifest = TestClient.manifest("{\"schemaVersion\":2}");

  @Test
  void findsATagByOneRequest() {
    registry.memory().put("a/b", "1", manifest);

    assertThat(repository.find("1")).contains(manifest.descriptor());
    assertThat(registry.lines()).containsExactly("HEAD /v2/a/b/manifests/1");
    assertThat(registry.requests().get(0).header("Accept"))
        .contains(MediaTypes.INDEX, MediaTypes.MANIFEST)
        .contains(MediaTypes.DOCKER_INDEX, MediaTypes.DOCKER_MANIFEST);
  }

  @Test
  void makesNoRequestBeforeItIsAskedFor() {
    assertThat(registry.requests()).isEmpty();
    assertThat(repository.name()).isEqualTo(registry.host() + "/a/b");
  }

  @Test
  void getsWhatItPushed() {
    repository.pushManifest("1", manifest);

    ManifestBytes back = repository.manifest("1").orElseThrow();
    assertThat(back.bytes()).isEqualTo(manifest.bytes());
    assertThat(back.mediaType()).isEqualTo(MediaTypes.MANIFEST);
    assertThat(repository.manifest(manifest.digest().toString())).isPresent();
    assertThat(registry.requests().get(0).header("Content-Length")).isEqualTo("19");
  }

  @Test
  void knowsNothingOfWhatIsNotThere() {
    registry.on("HEAD .*/bare", exchange -> exchange.head(404, List.of(), Map.of()));
    registry.on("GET .*/odd", Script.json(404, "[\"nothing\"]"));

    assertThat(repository.find("none")).isEmpty();
    assertThat(repository.manifest("none")).isEmpty();
    assertThat(repository.manifest("odd")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sha256:abc", "sha256:XYZ", "nonsense"})
  void computesADigestThatTheRegistryDoesNotTell(String header) {
    String type = MediaTypes.MANIFEST;
    Script script =
        exchange ->
            exchange.answer(
                200,
                header.isEmpty()
                    ? Map.of("Content-Type", type)
                    : Map.of("Content-Type", type, "Docker-Content-Digest", header),
                manifest.bytes());
    registry.on("HEAD .*", script).on("GET .*", script);

    assertThat(repository.find("1")).contains(manifest.descriptor());
    assertThat(registry.lines())
        .containsExactly("HEAD /v2/a/b/manifests/1", "GET /v2/a/b/manifests/1");
  }

  @Test
  void getsAManifestWhoseHeadIsRefused() {
    registry.memory().put("a/b", "1", manifest);
    registry.on("HEAD .*", Script.status(405));

    assertThat(repository.find("1")).contains(manifest.descriptor());
  }

  @Test
  void findsOutWhatADocumentIsThatHasNoType() {
    ManifestBytes index =
        ManifestBytes.of("text/plain", "{\"manifests\":[],\"new\":[1,{\"a\":null}]}".getBytes());
    registry.memory().put("a/b", "1", index);
    registry
        .memory()
        .put("a/b", "2", ManifestBytes.of("application/json", "{\"layers\":[]}".getBytes()));
    ManifestBytes typed =
        ManifestBytes.of(
            "application/json; charset=utf-8", "{\"mediaType\":\"application/x\"}".getBytes());
    registry.memory().put("a/b", "3", typed);

    assertThat(repository.manifest("1").orElseThrow().mediaType()).isEqualTo(MediaTypes.INDEX);
    assertThat(repository.manifest("2").orElseThrow().mediaType()).isEqualTo(MediaTypes.MANIFEST);
    assertThat(repository.manifest("3").orElseThrow().mediaType()).isEqualTo("application/x");
  }

  @Test
  void takesNoPageForAManifest() {
    registry.always(
        ".*",
        exchange ->
            exchange.answer(
                200, Map.of("Content-Type", "text/html"), "<html>Log in!</html>".getBytes()));

    assertThatThrownBy(() -> repository.find("1"))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("what comes is no manifest, perhaps you should check whether");
  }

  @Test
  void refusesBytesOfAnotherDigest() {
    Digest asked = Digest.sha256("asked");
    registry.memory().put("a/b", asked.toString(), manifest);

    assertThatThrownBy(() -> repository.manifest(asked.toString()))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining(asked.toString())
        .hasMessageContaining("the bytes have the digest [" + manifest.digest() + "] instead");
    registry.memory().put("a/b", "1", new ManifestBytes(MediaTypes.INDEX, asked, "x".getBytes()));
    assertThatThrownBy(() -> repository.manifest("1"))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("has the digest [" + asked + "] for it instead of");
    registry.on("HEAD .*", exchange -> read(exchange, manifest));
    assertThatThrownBy(() -> repository.find(asked.toString()))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("has the digest [" + manifest.digest() + "] for it instead of");
  }

  private static void read(Exchange exchange, ManifestBytes other) throws IOException {
    exchange.answer(
        200,
        Map.of(
            "Content-Type", other.mediaType(), "Docker-Content-Digest", other.digest().toString()),
        other.bytes());
  }

  @Test
  void leavesTheSignatureOfTheFirstFormatToWhoeverReadsIt() {
    String type = "application/vnd.docker.distribution.manifest.v1+prettyjws";
    Digest digest = Digest.sha256("payload");
    registry.memory().put("a/b", "1", new ManifestBytes(type, digest, "{}".getBytes()));

    assertThat(repository.manifest("1").orElseThrow().mediaType()).isEqualTo(type);
  }

  @Test
  void readsNoMoreThanAManifestMayHave() {
    registry.on("GET .*/said", exchange -> exchange.answer(200, Map.of(), new byte[5 << 20]));
    registry.on("GET .*/endless", ManifestsTest::endless);

    assertThatThrownBy(() -> repository.manifest("said"))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("more than 4194304 bytes");
    assertThatThrownBy(() -> repository.manifest("endless"))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("more than 4194304 bytes");
    assertThat(client.registries.traffic().bytesReceived()).isLessThan(12 << 20);
  }

  /** Sends a body until the client has had enough. */
  static void endless(Exchange exchange) throws IOException {
    exchange.head(200, List.of(), Map.of("Transfer-Encoding", "chunked"));
    OutputStream out = exchange.out();
    byte[] chunk = ("10000\r\n" + " ".repeat(0x10000) + "\r\n").getBytes();
    while (true) {
      out.write(chunk);
    }
  }

  @Test
  void saysWhyATagIsRefused() {
    registry.on(
        "PUT .*/old",
        Script.json(
            400,
            "{\"errors\":[{\"code\":\"TAG_INVALID\",\"message\":\"the tag is immutable\",\"detail\":[]}]}"));
    registry.on("PUT .*/list", Script.json(415, "[{\"code\":\"MANIFEST_INVALID\",\"new\":7}]"));
    registry.on("PUT .*/text", exchange -> text(exchange, "no\nway\t\u0007here"));
    registry.on(
        "PUT .*/page",
        exchange -> exchange.answer(400, Map.of("Content-Type", "text/html"), "<html>".getBytes()));
    registry.on("PUT .*/empty", Script.status(412));
    registry.on("PUT .*/endless", exchange -> endlessError(exchange));

    assertThatThrownBy(() -> repository.pushManifest("old", manifest))
        .isInstanceOf(RegistryException.class)
        .hasMessage(
            "Cannot push [old] to [%s/a/b]: [%s] answers 400 (TAG_INVALID: the tag is immutable),"
                    .formatted(registry.host(), registry.host())
                + " perhaps you should push another tag");
    assertThatThrownBy(() -> repository.pushManifest("list", manifest))
        .hasMessageEndingWith("answers 415 (MANIFEST_INVALID)");
    assertThatThrownBy(() -> repository.pushManifest("text", manifest))
        .hasMessageEndingWith("answers 400 (no way here)");
    assertThatThrownBy(() -> repository.pushManifest("page", manifest))
        .hasMessageEndingWith("answers 400");
    assertThatThrownBy(() -> repository.pushManifest("empty", manifest))
        .hasMessageEndingWith("answers 412")
        .satisfies(it -> assertThat(((RegistryException) it).status()).isEqualTo(412));
    assertThatThrownBy(() -> repository.pushManifest("endless", manifest))
        .hasMessageContaining("answers 400");
  }

  /** As ECR, Harbor, Artifactory and Nexus say it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400|TAG_INVALID|The image tag '1' already exists and cannot be overwritten because the repository is immutable.
          412|PRECONDITION|Failed to process request due to 'b:1' configured as immutable.
          403|DENIED|Not enough permissions to delete/overwrite artifact 'a/b/1/manifest.json'
          400|UNKNOWN|Repository does not allow updating assets: docker-hosted
          """)
  void advisesAnotherTagWhereTheRegistryKeepsOne(int status, String code, String message) {
    registry.on("PUT .*", Script.json(status, ScriptedRegistry.error(code, message)));

    assertThatThrownBy(() -> repository.pushManifest("1", manifest))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("answers " + status + " (" + code + ": " + message + ")")
        .hasMessageEndingWith("perhaps you should push another tag");
    assertThat(registry.requests()).hasSize(1);
  }

  private static void text(Exchange exchange, String text) throws IOException {
    exchange.answer(
        400,
        Map.of("Content-Type", "text/plain; charset=utf-8"),
        text.getBytes(StandardCharsets.UTF_8));
  }

  private static void endlessError(Exchange exchange) throws IOException {
    exchange.head(400, List.of(), Map.of("Content-Type", "text/plain"));
    while (true) {
      exchange.out().write("more and more ".getBytes());
    }
  }

  @Test
  void refusesAnotherDigestThanThatOfWhatItPushed() {
    String other = Digest.sha256("other").toString();
    registry.on("PUT .*/1", Script.status(201, "Docker-Content-Digest", other));
    registry.on(
        "PUT .*/2",
        exchange ->
            exchange.head(
                201,
                List.of(
                    "Docker-Content-Digest: " + manifest.digest(),
                    "Docker-Content-Digest: " + other),
                Map.of("Content-Length", "0")));
    registry.on("PUT .*/3", Script.status(201));

    assertThatThrownBy(() -> repository.pushManifest("1", manifest))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("has the digest [" + other + "] for it instead of");
    assertThatThrownBy(() -> repository.pushManifest("2", manifest))
        .isInstanceOf(RegistryException.class)
        .hasMessageContaining("has the digest [" + other + "] for it instead of");
    repository.pushManifest("3", manifest);
    assertThat(registry.requests()).hasSize(3);
  }
}
