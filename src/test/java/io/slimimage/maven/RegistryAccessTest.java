package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;

import io.slimimage.RecordedLog;
import io.slimimage.credentials.Credentials;
import io.slimimage.credentials.UserEnvironment;
import io.slimimage.registry.RegistrySettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.maven.execution.MavenSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryAccessTest {

  private static final String IMAGE = "registry.example:5000/team/shop:1.0";
  private static final String REGISTRY = "registry.example:5000";

  @TempDir private Path root;

  private final RecordedLog log = new RecordedLog();
  private TestReactor reactor;

  @BeforeEach
  void project() {
    reactor =
        new TestReactor(root)
            .project("", "<groupId>g</groupId><artifactId>a</artifactId><version>1</version>");
  }

  private RegistryAccess access() {
    UserEnvironment user =
        new UserEnvironment(Map.of("HOME", root.resolve("home").toString()), null, false);
    return new RegistryAccess(
        new SettingsCredentials(SettingsOfTests.decrypter(), () -> user),
        SettingsOfTests.decrypter());
  }

  private Optional<Credentials> find(String registry, String... namesAndValues) {
    MavenSession session = reactor.session(0);
    session.getUserProperties().putAll(GivenParameters.properties(namesAndValues));
    return access().credentials(session, GivenParameters.of(namesAndValues), log).find(registry);
  }

  private void server(String id, String password) {
    reactor.request().addServer(SettingsOfTests.server(id, "of-server", password));
  }

  private void config(String file, String key, String pair) throws IOException {
    Path path = root.resolve("home").resolve(file);
    Files.createDirectories(path.getParent());
    String auth = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    Files.writeString(path, "{\"auths\":{\"" + key + "\":{\"auth\":\"" + auth + "\"}}}");
  }

  @Test
  void asksTheSourcesInTheDocumentedOrder() throws IOException {
    assertThat(find(REGISTRY)).isEmpty();
    config(".config/containers/auth.json", REGISTRY, "of-podman:p");
    assertThat(find(REGISTRY)).get().extracting(Credentials::username).isEqualTo("of-podman");
    config(".docker/config.json", REGISTRY, "of-docker:p");
    assertThat(find(REGISTRY)).get().extracting(Credentials::username).isEqualTo("of-docker");
    server("registry.example", SettingsOfTests.encrypted("p"));
    assertThat(find(REGISTRY))
        .get()
        .extracting(Credentials::username, Credentials::password)
        .containsExactly("of-server", "p");
    assertThat(
            find(
                REGISTRY,
                "image",
                IMAGE,
                "registry.username",
                "of-parameters",
                "registry.password",
                "p"))
        .get()
        .extracting(Credentials::username)
        .isEqualTo("of-parameters");
    assertThat(log.warnings()).isEmpty();
    assertThat(log.debugs())
        .last()
        .asString()
        .contains("slimimage.registry.username", "[" + REGISTRY + "]");
  }

  @Test
  void leavesOutAPasswordThatCannotBeDecrypted() throws IOException {
    server(REGISTRY, SettingsOfTests.BROKEN);
    config(".docker/config.json", REGISTRY, "of-docker:p");

    assertThat(find(REGISTRY)).get().extracting(Credentials::username).isEqualTo("of-docker");
    assertThat(log.warnings())
        .containsExactly(
            "Server '"
                + REGISTRY
                + "' of settings.xml is left out: no master password, perhaps you should encrypt"
                + " its password again, or see whether settings-security.xml is there");
    assertThat(find("another.example")).isEmpty();
    assertThat(log.warnings()).hasSize(1);
  }

  @Test
  void givesTheParametersToTheRegistryOfTheImageAlone() {
    String[] given = {
      "image", IMAGE, "registry.username", "me", "registry.password", "s3cret",
    };

    assertThat(find(REGISTRY, given)).isPresent();
    assertThat(find("registry.example", given)).isEmpty();
    assertThat(find("registry.example:5001", given)).isEmpty();
    assertThat(find("docker.io", given)).isEmpty();
  }

  @Test
  void ignoresHalfAPairWithAWarning() {
    server(REGISTRY, "p");

    Optional<Credentials> found = find(REGISTRY, "image", IMAGE, "registry.username", "me");

    assertThat(found).get().extracting(Credentials::username).isEqualTo("of-server");
    assertThat(log.warnings())
        .singleElement()
        .asString()
        .contains("slimimage.registry.password", "a user name without a password");
  }

  @Test
  void givesParametersToNobodyWhereTheirRegistryIsNotKnown() {
    assertThat(find("docker.io", "registry.username", "me", "registry.password", "s3cret"))
        .isEmpty();
    assertThat(log.warnings()).singleElement().asString().contains("'slimimage.image'");
  }

  @Test
  void warnsOfAPasswordInThePom() {
    Parameters given =
        GivenParameters.of(
            "image", IMAGE, "registry.username", "me", "registry.password", "s3cret");

    access().credentials(reactor.session(0), given, log);

    assertThat(log.warnings())
        .singleElement()
        .asString()
        .contains("'slimimage.registry.password' is in the POM", "settings.xml")
        .doesNotContain("s3cret");
  }

  @Test
  void translatesTheParameters() {
    reactor.request().setOffline(true);

    RegistrySettings settings =
        access()
            .settings(
                reactor.session(0),
                root,
                GivenParameters.of(
                    "insecureRegistries", "registry.test",
                    "registry.timeout", "7",
                    "registry.mirrors.docker.io", "mirror.example"),
                log);

    assertThat(settings.insecure()).isEqualTo(Set.of("registry.test"));
    assertThat(settings.timeouts().idle()).isEqualTo(Duration.ofSeconds(7));
    assertThat(settings.mirrors()).isEqualTo(Map.of("docker.io", List.of("mirror.example")));
    assertThat(settings.offline()).isTrue();
  }
}
