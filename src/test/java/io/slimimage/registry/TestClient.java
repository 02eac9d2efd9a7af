package io.slimimage.registry;

import io.slimimage.BuildLog;
import io.slimimage.blob.Digest;
import io.slimimage.credentials.CredentialSource;
import io.slimimage.credentials.Credentials;
import io.slimimage.image.Descriptor;
import io.slimimage.image.ImageReference;
import io.slimimage.image.MediaTypes;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** The client with settings, credentials and a log of a test. */
final class TestClient implements AutoCloseable {

  static final String USER = "user";
  static final String PASSWORD = "pass:word-SECRET";
  static final Credentials CREDENTIALS = new Credentials(USER, PASSWORD, "", "settings.xml");
  static final Duration IDLE = Duration.ofMillis(400);

  final TestTiming timing = new TestTiming();
  final Lines log = new Lines();
  final List<String> asked = new CopyOnWriteArrayList<>();
  final HttpRegistries registries;

  private TestClient(RegistrySettings settings, CredentialSource source) {
    registries =
        new HttpRegistries(
            settings,
            registry -> {
              asked.add(registry);
              return source.find(registry);
            },
            log,
            timing);
  }

  static TestClient anonymous() {
    return new TestClient(RegistrySettings.usual(), registry -> Optional.empty());
  }

  static TestClient withCredentials() {
    return with(CREDENTIALS);
  }

  static TestClient with(Credentials credentials) {
    return new TestClient(RegistrySettings.usual(), registry -> Optional.of(credentials));
  }

  static TestClient with(RegistrySettings settings, CredentialSource source) {
    return new TestClient(settings, source);
  }

  static TestClient with(RegistrySettings settings) {
    return new TestClient(settings, registry -> Optional.empty());
  }

  /** A client that does not wait long. */
  static TestClient impatient() {
    return with(
        new RegistrySettings(
            Set.of(),
            Optional.empty(),
            Map.of(),
            RegistrySettings.Proxies.NONE,
            new RegistrySettings.Timeouts(Duration.ofSeconds(5), IDLE),
            false));
  }

  static RegistrySettings insecure(String... hosts) {
    return new RegistrySettings(
        Set.of(hosts),
        Optional.empty(),
        Map.of(),
        RegistrySettings.Proxies.NONE,
        RegistrySettings.Timeouts.USUAL,
        false);
  }

  Repository pull(ScriptedRegistry registry, String name) {
    return repository(registry.host(), name, Access.PULL);
  }

  Repository push(ScriptedRegistry registry, String name) {
    return repository(registry.host(), name, Access.PUSH);
  }

  Repository repository(String host, String name, Access access) {
    return registries.repository(ImageReference.parse(host + "/" + name), access);
  }

  /** Returns bytes of which no part is like another. */
  static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  static Descriptor layer(byte[] bytes) {
    return new Descriptor(MediaTypes.LAYER_GZIP, Digest.sha256(bytes), bytes.length);
  }

  static ManifestBytes manifest(String content) {
    return ManifestBytes.of(MediaTypes.MANIFEST, content.getBytes());
  }

  static byte[] read(Repository repository, Descriptor descriptor) throws IOException {
    try (InputStream in = repository.open(descriptor)) {
      return in.readAllBytes();
    }
  }

  @Override
  public void close() {
    registries.close();
  }

  /** What was logged, by several threads. */
  static final class Lines implements BuildLog {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<String> warnings = new CopyOnWriteArrayList<>();

    @Override
    public void info(String message) {
      lines.add(message);
    }

    @Override
    public void warn(String message) {
      lines.add(message);
      warnings.add(message);
    }

    @Override
    public void debug(String message) {
      lines.add(message);
    }

    @Override
    public boolean isDebugEnabled() {
      return true;
    }

    List<String> all() {
      return lines;
    }

    List<String> warnings() {
      return warnings;
    }
  }
}
