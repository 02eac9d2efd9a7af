package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.slimimage.BuildLog;
import io.slimimage.RecordedLog;
import io.slimimage.blob.Compression;
import io.slimimage.credentials.CredentialSource;
import io.slimimage.credentials.Credentials;
import io.slimimage.credentials.UserEnvironment;
import io.slimimage.image.BuiltImage;
import io.slimimage.image.ImageReference;
import io.slimimage.output.MemoryRegistries;
import io.slimimage.output.PushableImage;
import io.slimimage.output.SampleImage;
import io.slimimage.registry.Registries;
import io.slimimage.registry.RegistrySettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A marked secret in every place that credentials come from: none of them is in what a push at
 * debug level says, throws and writes.
 */
class PushSecretsTest {

  /** In every secret, and in nothing else. */
  private static final String MARK = "Gd7Kq2xW9tZb";

  private static final String OF_PARAMETERS = "parameters.example";

  @TempDir private Path root;

  private final MemoryRegistries registries = new MemoryRegistries();
  private final RecordedLog log = new RecordedLog();
  private final List<String> shown = new ArrayList<>();
  private final List<String> used = new ArrayList<>();
  private String asked;
  private TestReactor reactor;
  private BuiltImage image;
  private BuildOutputs outputs;

  @BeforeEach
  void plant() throws IOException {
    reactor =
        new TestReactor(root)
            .project("", "<groupId>g</groupId><artifactId>a</artifactId><version>1</version>");
    reactor.request().addServer(SettingsOfTests.server("plain.example", "me", secret("plain")));
    reactor
        .request()
        .addServer(
            SettingsOfTests.server(
                "encrypted.example", "me", SettingsOfTests.encrypted(secret("encrypted"))));
    reactor.request().addProxy(SettingsOfTests.proxy("proxy.example", 3128, "me", secret("proxy")));
    write(
        "home/.docker/config.json",
        """
        {"auths":{
           "auths.example":{"auth":"%s"},
           "token.example":{"identitytoken":"%s"},
           "half.example":{"password":"%s"},
           "broken.example":{"auth":"%s"}},
         "credHelpers":{"helper.example":"marked","lost.example":"lost","mute.example":"mute"},
         "credsStore":"tokens"}
        """
            .formatted(
                base64("me:" + secret("auths")),
                secret("token"),
                secret("half"),
                secret("broken")));
    write(
        "home/.config/containers/auth.json",
        "{\"auths\":{\"podman.example\":{\"auth\":\"%s\"}}}"
            .formatted(base64("me:" + secret("podman"))));
    helper("marked", "{\"Username\":\"me\",\"Secret\":\"" + secret("helper") + "\"}", 0);
    helper("mute", secret("mute") + " is the password, and no JSON", 0);
    helper("lost", "the password " + secret("lost") + " does not work any more", 1);
    helper("tokens", "credentials not found in native keychain", 1);
    SampleImage samples =
        SampleImage.in(root.resolve("cache"), Compression.GZIP, 1).withLarger(20_000);
    image = samples.printing("hello", "registry.example/shop:1");
    outputs = new BuildOutputs(root.resolve("target/slimimage"));
  }

  private static String secret(String place) {
    return MARK + "-" + place;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void helper(String name, String answer, int exitCode) throws IOException {
    Path file = root.resolve("programs/docker-credential-" + name);
    write(
        "programs/docker-credential-" + name,
        "#!/bin/sh\ncat <<'EOF'\n" + answer + "\nEOF\nexit " + exitCode + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private ImagePushes pushes() {
    UserEnvironment user =
        new UserEnvironment(
            Map.of(
                "HOME",
                root.resolve("home").toString(),
                "PATH",
                root.resolve("programs") + ":/usr/bin:/bin",
                "TOKEN",
                secret("environment")),
            null,
            false);
    return new ImagePushes(
        new RegistryAccess(
            new SettingsCredentials(SettingsOfTests.decrypter(), () -> user),
            SettingsOfTests.decrypter()) {
          @Override
          Registries client(
              RegistrySettings settings, CredentialSource credentials, BuildLog buildLog) {
            shown.add(settings + " " + credentials);
            registries.beforePush(() -> ask(credentials));
            return registries;
          }
        });
  }

  private synchronized void ask(CredentialSource credentials) {
    Optional<Credentials> found = credentials.find(asked);
    shown.add(found.toString());
    found.ifPresent(it -> used.add(it.password() + it.identityToken()));
  }

  private void push(String registry) throws IOException {
    asked = registry;
    String name = registry + "/team/shop:1";
    List<String> given =
        new ArrayList<>(List.of("image", name, "cache", root.resolve("cache").toString()));
    if (registry.equals(OF_PARAMETERS)) {
      given.addAll(List.of("registry.username", "me", "registry.password", secret("parameters")));
    }
    String[] parameters = given.toArray(String[]::new);
    MavenSession session = reactor.session(0);
    session.getUserProperties().putAll(GivenParameters.properties(parameters));
    Parameters read = GivenParameters.of(parameters);
    shown.add(read.toString());
    pushes()
        .push(
            session,
            read,
            PushableImage.of(image),
            List.of(ImageReference.parse(name)),
            outputs,
            log);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        OF_PARAMETERS,
        "plain.example",
        "encrypted.example",
        "auths.example",
        "token.example",
        "helper.example",
        "podman.example"
      })
  void showsNoSecretThatItUses(String registry) throws IOException {
    push(registry);

    String place = registry.substring(0, registry.indexOf('.'));
    assertThat(used).isNotEmpty().containsOnly(secret(place));
    assertThat(log.infos()).anyMatch(line -> line.startsWith("  credentials   "));
    assertThatNothingIsShown(null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"half.example", "broken.example", "mute.example", "lost.example"})
  void showsNoSecretThatItCannotUse(String registry) throws IOException {
    push(registry);

    assertThat(used).isEmpty();
    assertThat(log.warnings()).isNotEmpty();
    assertThatNothingIsShown(null);
  }

  @Test
  void showsNoSecretInAFailure() {
    registries.refusing(image.id());

    Throwable failure = catchThrowable(() -> push("plain.example"));

    assertThat(failure).isNotNull();
    assertThat(used).isNotEmpty();
    assertThatNothingIsShown(failure);
  }

  private void assertThatNothingIsShown(Throwable failure) {
    List<String> all = new ArrayList<>(shown);
    all.addAll(log.lines());
    if (failure != null) {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      all.add(trace.toString());
    }
    all.addAll(written("target"));
    all.addAll(written("cache"));
    assertThat(all).isNotEmpty().allSatisfy(text -> assertThat(text).doesNotContain(marks()));
  }

  /** As it is, and as a header would have it, wherever in there it begins. */
  private static List<String> marks() {
    List<String> marks = new ArrayList<>(List.of(MARK));
    for (int shift = 0; shift < 3; shift++) {
      String encoded = base64("x".repeat(shift) + MARK);
      // Without the first characters, which what is before the mark has a part in.
      marks.add(encoded.substring(shift == 0 ? 0 : 4, 12));
    }
    return marks;
  }

  private List<String> written(String directory) {
    try (Stream<Path> files = Files.walk(root.resolve(directory))) {
      List<String> texts = new ArrayList<>();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        texts.add(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
      return texts;
    } catch (IOException e) {
      return List.of();
    }
  }
}
