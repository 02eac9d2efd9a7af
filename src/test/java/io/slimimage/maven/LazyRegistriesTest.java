package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.BuildLog;
import io.slimimage.RecordedLog;
import io.slimimage.credentials.CredentialSource;
import io.slimimage.credentials.UserEnvironment;
import io.slimimage.image.ImageReference;
import io.slimimage.registry.Access;
import io.slimimage.registry.Registries;
import io.slimimage.registry.RegistryException;
import io.slimimage.registry.RegistrySettings;
import io.slimimage.registry.Script;
import io.slimimage.registry.ScriptedRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.inject.Provider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LazyRegistriesTest {

  @TempDir private Path root;

  private final RecordedLog log = new RecordedLog();
  private final AtomicInteger clients = new AtomicInteger();
  private TestReactor reactor;
  private ScriptedRegistry registry;
  private ImageReference image;

  @BeforeEach
  void start() throws IOException {
    reactor =
        new TestReactor(root)
            .project("", "<groupId>g</groupId><artifactId>a</artifactId><version>1</version>");
    registry = ScriptedRegistry.start();
    image = ImageReference.parse(registry.host() + "/a/b:1");
  }

  @AfterEach
  void stop() throws IOException {
    registry.close();
  }

  private RegistryAccess access() {
    UserEnvironment user =
        new UserEnvironment(Map.of("HOME", root.resolve("home").toString()), null, false);
    return new RegistryAccess(
        new SettingsCredentials(SettingsOfTests.decrypter(), () -> user),
        SettingsOfTests.decrypter()) {
      @Override
      Registries client(
          RegistrySettings settings, CredentialSource credentials, BuildLog buildLog) {
        clients.incrementAndGet();
        return ScriptedRegistry.client(settings, credentials, buildLog);
      }
    };
  }

  private LazyRegistries lazy(Provider<RegistryAccess> access) {
    return new LazyRegistries(access, reactor.session(0), GivenParameters.of(), log);
  }

  @Test
  void opensNothingWhereNothingIsAsked() {
    LazyRegistries registries =
        lazy(
            () -> {
              throw new AssertionError("no registry is needed");
            });

    registries.close();

    assertThat(registries.origin(registry.host())).isEmpty();
  }

  @Test
  void opensOneClientForAll() throws Exception {
    RegistryAccess access = access();
    try (LazyRegistries registries = lazy(() -> access)) {

      assertThat(registries.get()).isSameAs(registries.get());
      assertThat(registries.credentials()).isSameAs(registries.credentials());
      assertThat(clients).hasValue(1);
    }
  }

  @Test
  void asksForCredentialsOnce() throws Exception {
    registry.always(".*", Script.challenge("Basic realm=\"test\""));
    reactor.file(
        "home/.docker/config.json",
        "{\"credHelpers\":{\"" + registry.host() + "\":\"not-installed\"}}");
    RegistryAccess access = access();
    try (LazyRegistries registries = lazy(() -> access)) {
      for (String tag : List.of("1", "2")) {
        assertThatThrownBy(() -> registries.get().repository(image, Access.PUSH).find(tag))
            .isInstanceOf(RegistryException.class);
      }

      assertThat(log.warnings()).singleElement().asString().contains("not-installed");
    }
  }
}
