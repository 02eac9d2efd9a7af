package io.slimimage.base;

import static io.slimimage.base.OpenedLayout.contentOf;
import static io.slimimage.base.TestBases.AMD64;
import static io.slimimage.base.TestLayout.config;
import static io.slimimage.base.TestLayout.gzip;
import static io.slimimage.base.TestLayout.index;
import static io.slimimage.base.TestLayout.platform;
import static io.slimimage.base.TestLayout.tar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.SlimImageException;
import io.slimimage.blob.Digest;
import io.slimimage.image.BaseImage;
import io.slimimage.image.ImageReference;
import io.slimimage.image.MediaTypes;
import io.slimimage.registry.HttpRegistries;
import io.slimimage.registry.LaboratoryRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Takes a base image from the laboratory's registry. */
@Tag("engine")
@Timeout(120)
class RealRegistryBaseTest {

  @TempDir private Path directory;

  private final TestLayout layout = new TestLayout();
  private TestBases bases;
  private HttpRegistries registries;
  private String name;

  @BeforeEach
  void connect() {
    bases = new TestBases(directory);
    registries = LaboratoryRegistry.PLAIN.open(bases.log);
    name = LaboratoryRegistry.PLAIN.host() + "/bases/t" + Long.toHexString(System.nanoTime());
    bases.with(registries);
  }

  @AfterEach
  void close() {
    if (registries != null) {
      registries.close();
    }
  }

  private Digest push(String tag, String descriptor) throws IOException {
    return LayoutPush.push(layout, registries, ImageReference.parse(name + ":" + tag), descriptor);
  }

  private String image(String architecture, String content) {
    byte[] tar = tar("file", content);
    return layout.image(
        config("linux", architecture, tar),
        List.of(layout.blob(MediaTypes.LAYER_GZIP, gzip(tar))),
        "\"annotations\":{}",
        platform("linux", architecture));
  }

  @Test
  void readsTheImageOfThePlatformOnce() throws IOException {
    Digest digest =
        push(
            "1",
            layout.blob(
                MediaTypes.INDEX,
                index(
                    "\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.INDEX + "\",",
                    List.of(image("arm64", "not this"), image("amd64", "this")))));

    BaseImage base = bases.open(BaseReference.parse(name + ":1", directory), AMD64);

    assertThat(contentOf(base)).contains("this").doesNotContain("not this");
    assertThat(base.origin().orElseThrow().digest()).isEqualTo(digest);
    registries.close();
    bases.offline();
    assertThat(contentOf(bases.open(BaseReference.parse(name + ":1", directory), AMD64)))
        .contains("this");
    assertThat(bases.readings()).isEqualTo(1);
  }

  @Test
  void tellsWhatIsNotThere() {
    assertThatThrownBy(() -> bases.open(BaseReference.parse(name + ":2", directory), AMD64))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("Base image [" + name + ":2] is not in the registry [");
    assertThatThrownBy(() -> bases.open(BaseReference.parse("localhost:1/x/y:2", directory), AMD64))
        .isInstanceOf(SlimImageException.class)
        .hasMessageStartingWith("Base image [localhost:1/x/y:2] cannot be pulled: ");
  }
}
