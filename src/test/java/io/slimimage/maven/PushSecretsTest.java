package io.slimimage.maven;

import static io.slimimage.maven.PlantedSecrets.basic;
import static io.slimimage.maven.PlantedSecrets.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.slimimage.BuildLog;
import io.slimimage.RecordedLog;
import io.slimimage.base.BaseImages;
import io.slimimage.base.BaseReference;
import io.slimimage.base.BaseRegistries;
import io.slimimage.base.LayerFindings;
import io.slimimage.blob.BlobStore;
import io.slimimage.blob.Compression;
import io.slimimage.blob.FileDigests;
import io.slimimage.blob.Records;
import io.slimimage.credentials.CredentialSource;
import io.slimimage.image.BuiltImage;
import io.slimimage.image.ImageLayer;
import io.slimimage.image.ImageReference;
import io.slimimage.image.PlatformImages;
import io.slimimage.output.PushableImage;
import io.slimimage.output.SampleImage;
import io.slimimage.registry.Exchange;
import io.slimimage.registry.Registries;
import io.slimimage.registry.RegistrySettings;
import io.slimimage.registry.Script;
import io.slimimage.registry.ScriptedRegistry;
import io.slimimage.registry.TokenScript;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.maven.execution.MavenSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A marked secret in every place that credentials come from: none of them is in what a push and a
 * pull at debug level say, throw and write, nor in what a registry gets of an image. The registries
 * are behind a proxy, which is a scripted one itself.
 */
@Timeout(120)
class PushSecretsTest {

  private static final String OF_PARAMETERS = "parameters.example";

  @TempDir private Path root;

  private final RecordedLog log = new RecordedLog();
  private final List<String> shown = new ArrayList<>();
  private ScriptedRegistry registry;
  private ScriptedRegistry storage;
  private PlantedSecrets secrets;
  private BuiltImage image;

  /** How a registry wants to know who asks. */
  enum Scheme {
    BASIC {
      @Override
      void guard(ScriptedRegistry registry, String password) {
        registry.always(
            ".*/v2/.*",
            exchange -> {
              if (exchange.header("Authorization").equals(basic(password))) {
                registry.memory().play(exchange);
              } else {
                Script.challenge("Basic realm=\"test\"").play(exchange);
              }
            });
      }
    },
    BEARER {
      @Override
      void guard(ScriptedRegistry registry, String password) {
        new TokenScript(PlantedSecrets.USER, password, of("token"), of("issued")).guard(registry);
      }
    };

    /** Lets in who has a password. */
    abstract void guard(ScriptedRegistry registry, String password);
  }

  @BeforeEach
  void plant() throws IOException {
    storage = ScriptedRegistry.start();
    registry = ScriptedRegistry.start();
    registry.always("CONNECT .*", Script.status(502));
    secrets = new PlantedSecrets(root, registry.port());
    SampleImage samples =
        SampleImage.in(root.resolve("cache"), Compression.GZIP, 1).withLarger(20_000);
    image = samples.printing("hello", "registry.example/shop:1");
  }

  @AfterEach
  void stop() throws IOException {
    registry.close();
    storage.close();
  }

  private RegistryAccess access() {
    return new RegistryAccess(
        new SettingsCredentials(SettingsOfTests.decrypter(), secrets::user),
        SettingsOfTests.decrypter()) {
      @Override
      Registries client(
          RegistrySettings settings, CredentialSource credentials, BuildLog buildLog) {
        shown.add(settings + " " + credentials);
        return ScriptedRegistry.client(settings, credentials, buildLog);
      }
    };
  }

  /** Pushes the image, and pulls it as another one's base. */
  private void pushAndPull(String host) throws IOException {
    String name = host + "/team/shop:1";
    List<String> given =
        new ArrayList<>(
            List.of(
                "image", name,
                "insecureRegistries", host,
                "cache", root.resolve("cache").toString()));
    if (host.equals(OF_PARAMETERS)) {
      given.addAll(List.of("registry.username", "me", "registry.password", of("parameters")));
    }
    String[] parameters = given.toArray(String[]::new);
    MavenSession session = secrets.session(GivenParameters.properties(parameters));
    Parameters read = GivenParameters.of(parameters);
    shown.add(read.toString());
    RegistryAccess access = access();
    try (LazyRegistries registries = new LazyRegistries(() -> access, session, read, log)) {
      BuildOutputs outputs = new BuildOutputs(root.resolve("target/slimimage"));
      new ImagePushes(session, root.resolve("cache"), registries, outputs, log)
          .push(PushableImage.of(PlatformImages.of(image)), List.of(ImageReference.parse(name)));
      pull(name, registries);
    }
  }

  private void pull(String name, LazyRegistries registries) throws IOException {
    Path cache = root.resolve("cache/pulled");
    BaseImages images =
        new BaseImages(
            new BlobStore(cache.resolve("blobs"), FileDigests.unkept()),
            new LayerFindings(new Records(cache.resolve("records")), path -> false),
            FileDigests.unkept(),
            () -> {
              throw new AssertionError("no engine is needed");
            },
            new BaseRegistries(registries, false),
            log);
    BaseReference reference = BaseReference.parse(name, root);
    for (ImageLayer layer : images.open(reference, List.of(image.platform())).get(0).layers()) {
      try (InputStream in = layer.content().open()) {
        in.transferTo(OutputStream.nullOutputStream());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    OF_PARAMETERS + ", BASIC",
    OF_PARAMETERS + ", BEARER",
    "plain.example, BASIC",
    "plain.example, BEARER",
    "encrypted.example, BASIC",
    "encrypted.example, BEARER",
    "auths.example, BASIC",
    "auths.example, BEARER",
    "token.example, BEARER",
    "helper.example, BASIC",
    "helper.example, BEARER",
    "podman.example, BASIC",
    "podman.example, BEARER"
  })
  void showsNoSecretThatItUses(String host, Scheme scheme) throws IOException {
    scheme.guard(registry, of(host.substring(0, host.indexOf('.'))));

    pushAndPull(host);

    assertThat(registry.memory().contents()).hasSizeGreaterThan(image.layers().size());
    assertThat(log.infos()).anyMatch(line -> line.startsWith("  credentials   "));
    assertThatOnlyTheProxyKnowsItsPassword();
    assertThatNothingIsShown();
  }

  private void assertThatOnlyTheProxyKnowsItsPassword() {
    Predicate<Exchange> direct = it -> it.path().equals("/token");
    assertThat(registry.requests())
        .filteredOn(it -> !it.method().equals("CONNECT"))
        .allSatisfy(
            it ->
                assertThat(it.header("Proxy-Authorization"))
                    .isEqualTo(direct.test(it) ? "" : basic(of("proxy"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"half.example", "broken.example", "mute.example", "lost.example"})
  void showsNoSecretThatItCannotUse(String host) throws IOException {
    Scheme.BASIC.guard(registry, of("nobody"));

    assertThatItFails(host);

    assertThat(log.warnings()).isNotEmpty();
    assertThat(registry.requests())
        .extracting(it -> it.header("Authorization"))
        .allMatch(String::isEmpty);
    assertThatNothingIsShown();
  }

  @ParameterizedTest
  @EnumSource
  void showsNoSecretThatIsWrong(Scheme scheme) throws IOException {
    scheme.guard(registry, of("changed"));

    assertThatItFails("plain.example");

    assertThatNothingIsShown();
  }

  @Test
  void showsNoIdentityTokenThatIsWrong() throws IOException {
    new TokenScript("me", "", of("changed"), of("issued")).guard(registry);

    assertThatItFails("token.example");

    assertThatNothingIsShown();
  }

  @ParameterizedTest
  @EnumSource
  void showsNoSecretThatTheRegistryQuotes(Scheme scheme) throws IOException {
    registry.always("POST .*/blobs/.*", PushSecretsTest::quote);
    scheme.guard(registry, of("plain"));

    assertThatItFails("plain.example");

    assertThat(shown).anyMatch(it -> it.contains("DENIED"));
    assertThatNothingIsShown();
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain.example", "token.example"})
  void showsNoSecretThatTheTokenServiceQuotes(String host) throws IOException {
    registry.always("(GET|POST) /token.*", PushSecretsTest::quote);
    Scheme.BEARER.guard(registry, of("plain"));

    assertThatItFails(host);

    assertThat(shown).anyMatch(it -> it.contains("DENIED"));
    assertThatNothingIsShown();
  }

  /** Refuses a request, and shows all that it has understood of it. */
  private static void quote(Exchange exchange) throws IOException {
    String all =
        "no rights for "
            + exchange.headers()
            + " "
            + new String(exchange.body(1 << 16), StandardCharsets.UTF_8);
    if (exchange.method().equals("HEAD")) {
      exchange.answer(403);
      return;
    }
    exchange.json(403, ScriptedRegistry.error("DENIED", all.replace('"', '\'')));
  }

  @ParameterizedTest
  @EnumSource
  void showsNoSecretToAnotherHost(Scheme scheme) throws IOException {
    registry.always(
        "GET .*/blobs/.*",
        Script.status(
            307, "Location", "http://" + storage.host() + "/data?signature=" + of("signature")));
    storage.always(".*", Script.json(403, ScriptedRegistry.error("DENIED", "expired")));
    scheme.guard(registry, of("plain"));

    assertThatItFails("plain.example");

    assertThat(storage.requests())
        .isNotEmpty()
        .allSatisfy(it -> assertThat(it.headers()).doesNotContainKey("Authorization"))
        .allSatisfy(it -> assertThat(it.headers()).doesNotContainKey("Proxy-Authorization"));
    assertThatNothingIsShown();
  }

  @ParameterizedTest
  @EnumSource
  void showsNoSecretWhereTheConnectionBreaks(Scheme scheme) throws IOException {
    registry.always("PUT .*/blobs/.*", Script.resetAfter(100));
    scheme.guard(registry, of("plain"));

    assertThatItFails("plain.example");

    assertThatNothingIsShown();
  }

  @Test
  void showsNoSecretInTheListOfProcesses() throws IOException {
    Scheme.BASIC.guard(registry, of("helper"));

    pushAndPull("helper.example");

    assertThat(secrets.commands()).contains("docker-credential-marked get");
    // Among the files that are searched is the one with the command lines.
    assertThatNothingIsShown();
  }

  private void assertThatItFails(String host) {
    Throwable failure = catchThrowable(() -> pushAndPull(host));

    assertThat(failure).isNotNull().isNotInstanceOf(AssertionError.class);
    shown.add(PlantedSecrets.trace(failure));
  }

  private void assertThatNothingIsShown() throws IOException {
    List<String> all = new ArrayList<>(shown);
    all.addAll(log.lines());
    for (byte[] content : registry.memory().contents()) {
      all.add(PlantedSecrets.text(content));
    }
    secrets.assertThatNoneIsIn(all);
  }
}
