package io.slimimage.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.Laboratory;
import io.slimimage.credentials.Credentials;
import io.slimimage.image.ImageReference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PushEngineTest extends EngineTest {

  private String made = "";

  @AfterEach
  void removeMade() {
    if (engine != null) {
      TestEngine.remove(made);
    }
  }

  private ImageReference build(String registry) {
    made = registry + "/test/" + UUID.randomUUID() + ":1";
    engine.build(
        TestEngine.request(EngineBuilder.AUTO, made),
        TestEngine.files(Map.of("Dockerfile", "FROM scratch\nCOPY x /x\n", "x", made)),
        BuildProgress.NONE);
    return ImageReference.parse(made);
  }

  @Test
  void tellsTheDigestThatTheRegistryHas() throws Exception {
    String registry = Laboratory.variable("SLIMIMAGE_LAB_REGISTRY");
    ImageReference image = build(registry);

    PushedImage pushed = engine.push(image, Optional.empty());

    assertThat(pushed.digest()).isEqualTo(digest(registry, image));
    assertThat(log.messages).anyMatch(line -> line.startsWith("DEBUG Engine: "));
  }

  private static String digest(String registry, ImageReference image) throws Exception {
    URI uri = URI.create("http://" + registry + "/v2/" + image.repository() + "/manifests/1");
    HttpRequest head =
        HttpRequest.newBuilder(uri)
            .method("HEAD", HttpRequest.BodyPublishers.noBody())
            .header("Accept", "application/vnd.docker.distribution.manifest.v2+json")
            .header("Accept", "application/vnd.oci.image.manifest.v1+json")
            .header("Accept", "application/vnd.oci.image.index.v1+json")
            .build();
    HttpResponse<Void> answer =
        HttpClient.newHttpClient().send(head, HttpResponse.BodyHandlers.discarding());
    return answer.headers().firstValue("Docker-Content-Digest").orElseThrow();
  }

  @Test
  void tellsWhichLayersTheRegistryHadAlready() {
    ImageReference image = build(Laboratory.variable("SLIMIMAGE_LAB_REGISTRY"));

    assertThat(engine.push(image, Optional.empty()).layers()).containsValue(true).hasSize(1);
    assertThat(engine.push(image, Optional.empty()).layers()).containsValue(false).hasSize(1);
  }

  @Test
  void pushesToAnAuthenticatedRegistryWithTheRightCredentialsOnly() {
    ImageReference image = build(Laboratory.variable("SLIMIMAGE_LAB_AUTH_REGISTRY"));
    String user = Laboratory.variable("SLIMIMAGE_LAB_AUTH_USER");
    String password = Laboratory.variable("SLIMIMAGE_LAB_AUTH_PASSWORD");
    Credentials wrong = new Credentials(user, "not-the-password", "", "settings.xml");

    assertThatThrownBy(() -> engine.push(image, Optional.empty()))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("[" + image + "] cannot be pushed with no credentials")
        .hasMessageContaining("add credentials for [" + image.registry() + "]");
    assertThatThrownBy(() -> engine.push(image, Optional.of(wrong)))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("with credentials from settings.xml: the registry refuses it")
        .hasMessageNotContaining("not-the-password");

    Credentials right = new Credentials(user, password, "", "settings.xml");
    assertThat(engine.push(image, Optional.of(right)).digest()).startsWith("sha256:");
    assertThat(log.messages).noneMatch(line -> line.contains(password));
  }

  @Test
  void tellsThatARegistryCannotBeReached() {
    ImageReference image = build("127.0.0.1:1");

    assertThatThrownBy(() -> engine.push(image, Optional.empty()))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("cannot be pushed")
        .hasMessageContaining("cannot reach the registry");
  }

  @Test
  void doesNotPushWhatTheEngineDoesNotHave() {
    ImageReference absent = ImageReference.parse("127.0.0.1:1/none/absent:1");

    assertThatThrownBy(() -> engine.push(absent, Optional.empty()))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("Image [" + absent + "] cannot be pushed");
  }
}
