package io.slimimage.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.blob.Blob;
import io.slimimage.credentials.Credentials;
import io.slimimage.image.Descriptor;
import io.slimimage.image.MediaTypes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With the registries of the laboratory. */
@Tag("engine")
@Timeout(120)
class RealRegistryTest {

  private static TestClient client(LaboratoryRegistry laboratory) {
    return TestClient.with(laboratory.settings(), laboratory.credentials());
  }

  private static String unique() {
    return "client/" + UUID.randomUUID();
  }

  @ParameterizedTest
  @EnumSource
  void getsBackWhatItPushed(LaboratoryRegistry laboratory) throws Exception {
    byte[] layer = TestClient.bytes(64 << 20);
    byte[] config = "{}".getBytes();
    Descriptor layerDescriptor = TestClient.layer(layer);
    Descriptor configDescriptor =
        new Descriptor(MediaTypes.CONFIG, TestClient.layer(config).digest(), config.length);
    ManifestBytes manifest = manifest(configDescriptor, List.of(layerDescriptor));
    try (TestClient client = client(laboratory)) {
      Repository repository = client.repository(laboratory.host(), unique(), Access.PUSH);

      assertThat(repository.find("1")).isEmpty();
      assertThat(repository.hasBlob(layerDescriptor.digest())).isFalse();
      repository.push(layerDescriptor, Blob.of(layer));
      repository.push(configDescriptor, Blob.of(config));
      repository.pushManifest("1", manifest);

      assertThat(repository.find("1")).contains(manifest.descriptor());
      assertThat(repository.find(manifest.digest().toString())).isPresent();
      assertThat(repository.manifest("1").orElseThrow().bytes()).isEqualTo(manifest.bytes());
      assertThat(repository.hasBlob(layerDescriptor.digest())).isTrue();
      assertThat(TestClient.read(repository, layerDescriptor)).isEqualTo(layer);
      assertThat(client.registries.traffic().bytesSent())
          .isEqualTo(layer.length + config.length + manifest.bytes().length);
    }
  }

  private static ManifestBytes manifest(Descriptor config, List<Descriptor> layers) {
    String json =
        """
        {"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s]}"""
            .formatted(
                MediaTypes.MANIFEST,
                json(config),
                String.join(",", layers.stream().map(RealRegistryTest::json).toList()));
    return ManifestBytes.of(MediaTypes.MANIFEST, json.getBytes());
  }

  private static String json(Descriptor descriptor) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(descriptor.mediaType(), descriptor.digest(), descriptor.size());
  }

  @ParameterizedTest
  @EnumSource
  void mountsWhatAnotherRepositoryHas(LaboratoryRegistry laboratory) {
    byte[] layer = UUID.randomUUID().toString().getBytes();
    Descriptor descriptor = TestClient.layer(layer);
    try (TestClient client = client(laboratory)) {
      String one = unique();
      client.repository(laboratory.host(), one, Access.PUSH).push(descriptor, Blob.of(layer));
      Repository other = client.repository(laboratory.host(), unique(), Access.PUSH);

      assertThat(other.mount(descriptor.digest(), one)).isTrue();
      assertThat(other.hasBlob(descriptor.digest())).isTrue();

      byte[] unknown = UUID.randomUUID().toString().getBytes();
      Descriptor unknownDescriptor = TestClient.layer(unknown);
      assertThat(other.mount(unknownDescriptor.digest(), one)).isFalse();
      other.push(unknownDescriptor, Blob.of(unknown));
      assertThat(other.hasBlob(unknownDescriptor.digest())).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void servesSeveralThreads(LaboratoryRegistry laboratory) throws Exception {
    try (TestClient client = client(laboratory)) {
      Repository repository = client.repository(laboratory.host(), unique(), Access.PUSH);
      List<Callable<Boolean>> rounds =
          Stream.iterate(1, it -> it + 1)
              .limit(32)
              .<Callable<Boolean>>map(number -> () -> round(repository, 300_000 + number))
              .toList();
      ExecutorService threads = Executors.newFixedThreadPool(8);
      List<Future<Boolean>> results = new ArrayList<>();
      try {
        results.addAll(threads.invokeAll(rounds));
      } finally {
        threads.shutdownNow();
      }
      for (Future<Boolean> result : results) {
        assertThat(result.get()).isTrue();
      }
      assertThat(client.timing.pauses()).isEmpty();
    }
  }

  private static boolean round(Repository repository, int size) throws Exception {
    byte[] bytes = TestClient.bytes(size);
    Descriptor descriptor = TestClient.layer(bytes);
    repository.push(descriptor, Blob.of(bytes));
    return repository.hasBlob(descriptor.digest())
        && Arrays.equals(bytes, TestClient.read(repository, descriptor));
  }

  @Test
  void saysWhatTheRegistryRefuses() {
    String host = LaboratoryRegistry.PLAIN.host();
    byte[] missing = "missing".getBytes();
    try (TestClient client = client(LaboratoryRegistry.PLAIN)) {
      Repository repository = client.repository(host, unique(), Access.PUSH);
      Descriptor absent = TestClient.layer(missing);

      assertThatThrownBy(() -> repository.pushManifest("1", manifest(absent, List.of(absent))))
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("BLOB_UNKNOWN");
      assertThat(repository.find("1")).isEmpty();
      assertThatThrownBy(() -> repository.open(absent))
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("404");
    }
  }

  @Test
  void doesWithoutARegistryThatWantsAPassword() {
    String host = LaboratoryRegistry.WITH_PASSWORD.host();
    Credentials wrong = new Credentials("labuser", "wrong-SECRET", "", "settings.xml");
    try (TestClient nobody = TestClient.anonymous();
        TestClient somebody = TestClient.with(wrong)) {
      assertThatThrownBy(() -> nobody.repository(host, "a/b", Access.PULL).find("1"))
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("answers 401, asked without credentials");
      assertThatThrownBy(() -> somebody.repository(host, "a/b", Access.PULL).find("1"))
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining("to the credentials from settings.xml")
          .hasMessageNotContaining("SECRET");
      assertThat(somebody.log.all()).noneMatch(it -> it.contains("SECRET"));
    }
  }
}
