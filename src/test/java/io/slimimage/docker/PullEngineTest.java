package io.slimimage.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.model.AuthConfig;
import io.slimimage.Laboratory;
import io.slimimage.credentials.Credentials;
import io.slimimage.docker.TestEngine.RecordingLog;
import io.slimimage.image.ImageReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("engine")
@Timeout(120)
class PullEngineTest {

  private DockerEngine engine;
  private String made = "";

  @BeforeEach
  void connect() {
    engine = TestEngine.connect(new RecordingLog());
  }

  @AfterEach
  void clean() {
    if (engine != null) {
      engine.close();
      TestEngine.remove(made);
    }
  }

  @Test
  void namesTheImageThatTheRegistryDoesNotHave() {
    String registry = Laboratory.variable("SLIMIMAGE_LAB_REGISTRY");
    ImageReference absent = ImageReference.parse(registry + "/none/absent:1");

    assertThatThrownBy(() -> engine.pull(absent, Optional.empty(), PullProgress.NONE))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("Image [" + absent + "] cannot be pulled with no credentials")
        .hasMessageContaining("the registry does not have it")
        .hasMessageContaining("perhaps you should check its name and tag");
  }

  @Test
  void tellsThatARegistryCannotBeReached() {
    ImageReference image = ImageReference.parse("127.0.0.1:1/some/image:1");

    assertThatThrownBy(() -> engine.pull(image, Optional.empty(), PullProgress.NONE))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("cannot reach the registry")
        .hasMessageContaining("connection refused");
  }

  @Test
  void pullsFromAnAuthenticatedRegistryWithTheRightCredentialsOnly() {
    ImageReference image = pushed();
    String user = Laboratory.variable("SLIMIMAGE_LAB_AUTH_USER");
    String password = Laboratory.variable("SLIMIMAGE_LAB_AUTH_PASSWORD");
    Credentials wrong = new Credentials(user, "not-the-password", "", "settings.xml");

    assertThatThrownBy(() -> engine.pull(image, Optional.empty(), PullProgress.NONE))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("[" + image + "] cannot be pulled with no credentials")
        .hasMessageContaining("refuses")
        .hasMessageContaining("add credentials for [" + image.registry() + "]");
    assertThatThrownBy(() -> engine.pull(image, Optional.of(wrong), PullProgress.NONE))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("with credentials from settings.xml: the registry refuses it")
        .hasMessageNotContaining("not-the-password");
    assertThat(engine.hasImage(made)).isFalse();

    List<String> statuses = Collections.synchronizedList(new ArrayList<>());
    Credentials right = new Credentials(user, password, "", "settings.xml");
    engine.pull(image, Optional.of(right), (layer, status, current, total) -> statuses.add(status));

    assertThat(engine.hasImage(made)).isTrue();
    assertThat(statuses).anyMatch(status -> status.startsWith("Status: Downloaded newer image"));
  }

  private ImageReference pushed() {
    String registry = Laboratory.variable("SLIMIMAGE_LAB_AUTH_REGISTRY");
    made = registry + "/test/" + UUID.randomUUID() + ":1";
    engine.build(
        TestEngine.request(EngineBuilder.AUTO, made),
        TestEngine.files(Map.of("Dockerfile", "FROM scratch\nCOPY x /x\n", "x", made)),
        BuildProgress.NONE);
    AuthConfig auth =
        new AuthConfig()
            .withRegistryAddress(registry)
            .withUsername(Laboratory.variable("SLIMIMAGE_LAB_AUTH_USER"))
            .withPassword(Laboratory.variable("SLIMIMAGE_LAB_AUTH_PASSWORD"));
    try (EngineClient client = TestEngine.client()) {
      client.docker().pushImageCmd(made).withAuthConfig(auth).start().awaitCompletion();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    TestEngine.remove(made);
    return ImageReference.parse(made);
  }
}
