package io.slimimage.base;

import static io.slimimage.base.OpenedLayout.contentOf;
import static io.slimimage.base.TestBases.AMD64;
import static io.slimimage.base.TestLayout.config;
import static io.slimimage.base.TestLayout.gzip;
import static io.slimimage.base.TestLayout.tar;
import static org.assertj.core.api.Assertions.assertThat;

import io.slimimage.image.ImageReference;
import io.slimimage.image.MediaTypes;
import io.slimimage.registry.Exchange;
import io.slimimage.registry.Registries;
import io.slimimage.registry.RegistrySettings;
import io.slimimage.registry.ScriptedRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Takes a base image from a mirror that does not do what it should. */
@Timeout(60)
class MirroredBaseTest {

  @TempDir private Path directory;

  private final TestLayout layout = new TestLayout();
  private ScriptedRegistry registry;
  private ScriptedRegistry mirror;
  private TestBases bases;
  private Registries registries;
  private String name;

  @BeforeEach
  void start() throws IOException {
    registry = ScriptedRegistry.start();
    mirror = ScriptedRegistry.start();
    name = registry.host() + "/bases/jre:1";
    bases = new TestBases(directory);
    registries = client(Map.of(registry.host(), List.of(mirror.host())));
    bases.with(registries);
    byte[] tar = tar("file", "this");
    String image =
        layout.image(
            config("linux", "amd64", tar), List.of(layout.blob(MediaTypes.LAYER_GZIP, gzip(tar))));
    try (Registries direct = client(Map.of())) {
      LayoutPush.push(layout, direct, ImageReference.parse(name), image);
      LayoutPush.push(layout, direct, ImageReference.parse(mirror.host() + "/bases/jre:1"), image);
    }
    registry.requests().clear();
    mirror.requests().clear();
  }

  private Registries client(Map<String, List<String>> mirrors) {
    return ScriptedRegistry.client(
        new RegistrySettings(
            Set.of(),
            Optional.empty(),
            mirrors,
            RegistrySettings.Proxies.NONE,
            RegistrySettings.Timeouts.USUAL,
            false),
        host -> Optional.empty(),
        bases.log);
  }

  @AfterEach
  void stop() throws IOException {
    registries.close();
    registry.close();
    mirror.close();
  }

  private void damaged(Exchange exchange) throws IOException {
    String hex = exchange.path().replaceAll(".*:", "");
    byte[] bytes = layout.files().get("blobs/sha256/" + hex).clone();
    bytes[bytes.length - 1]++;
    exchange.answer(200, Map.of(), bytes);
  }

  private String content() throws IOException {
    return contentOf(bases.open(BaseReference.parse(name, directory), AMD64));
  }

  @Test
  void asksTheRegistryForNothingThatTheMirrorHas() throws IOException {
    assertThat(content()).contains("this");
    assertThat(registry.requests()).isEmpty();
  }

  @Test
  void getsALayerFromTheRegistryThatTheMirrorHasDamaged() throws IOException {
    mirror.on("GET .*/blobs/.*", mirror.memory(), this::damaged);

    assertThat(content()).contains("this");
    assertThat(registry.requests()).hasSize(1);
    assertThat(mirror.requests()).as("tag, manifest, configuration and layer").hasSize(4);
    assertThat(bases.log.warnings()).singleElement().asString().contains(mirror.host());
  }

  @Test
  void getsAConfigurationFromTheRegistryThatTheMirrorHasDamaged() throws IOException {
    mirror.on("GET .*/blobs/.*", this::damaged);

    assertThat(content()).contains("this");
    assertThat(registry.requests()).as("configuration and layer").hasSize(2);
    assertThat(mirror.requests()).as("tag, manifest and configuration").hasSize(3);
  }
}
