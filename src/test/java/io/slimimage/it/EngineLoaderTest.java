package io.slimimage.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.exception.NotFoundException;
import io.slimimage.RecordedLog;
import io.slimimage.blob.Compression;
import io.slimimage.docker.DockerEngine;
import io.slimimage.docker.EngineEnvironment;
import io.slimimage.docker.EngineException;
import io.slimimage.docker.EngineLocator;
import io.slimimage.image.BuiltImage;
import io.slimimage.image.ImageLayer;
import io.slimimage.output.EngineLoader;
import io.slimimage.output.EngineLoader.Loaded;
import io.slimimage.output.SampleImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How much of an image is sent to an engine, and what that has afterwards. */
@RequiresEngine
class EngineLoaderTest {

  /** More than what an archive has besides the layers. */
  private static final long SMALL = 40_000;

  @TempDir Path temp;

  private final RecordedLog log = new RecordedLog();
  private final long seed = ThreadLocalRandom.current().nextLong();
  private final String name = "slimimage-it/loader-" + Long.toHexString(seed);
  private final String first = name + ":1";
  private final String second = name + ":2";
  private final Engine engine = Engine.ofEnvironment();
  private final List<BuiltImage> loaded = new ArrayList<>();
  private SampleImage images;
  private DockerEngine connection;
  private EngineLoader loader;

  @BeforeEach
  void connect() {
    images = SampleImage.in(temp, Compression.GZIP, seed);
    connection =
        new EngineLocator(EngineEnvironment.ofProcess(), Duration.ofSeconds(5), log).connect();
    loader = new EngineLoader(connection, log);
  }

  private Loaded load(BuiltImage image) throws IOException {
    loaded.add(image);
    return loader.load(image);
  }

  @AfterEach
  void clean() throws IOException {
    connection.close();
    engine.remove(first, second, name + "-other:1");
    // Those that have lost their names to others.
    loaded.forEach(it -> engine.remove(it.id().toString(), it.digest().toString()));
    engine.close();
  }

  @ParameterizedTest
  @EnumSource
  void sendsEverythingTheFirstTime(Compression compression) throws Exception {
    BuiltImage image = SampleImage.in(temp, compression, seed).printing("hello\n", first, second);

    Loaded sent = load(image);

    assertThat(sent.layersSent()).isEqualTo(3);
    assertThat(sent.bytes()).isGreaterThan(2_100_000);
    assertHas(image, first, second);
    assertThat(output(second)).isEqualTo("hello\n");
  }

  @Test
  void sendsNothingWhereNothingHasChanged() throws Exception {
    load(images.printing("hello\n", first, second));

    assertThat(load(images.printing("hello\n", first, second))).isEqualTo(new Loaded(0, 0));
  }

  @Test
  void sendsTheChangedLayerOnly() throws Exception {
    load(images.printing("hello\n", first, second));
    BuiltImage changed = images.printing("goodbye\n", first, second);

    Loaded sent = load(changed);

    assertSent(sent, 1);
    assertHas(changed, first, second);
    assertThat(output(first)).isEqualTo("goodbye\n");
  }

  @Test
  void sendsNoLayerWhereTheConfigurationAloneHasChanged() throws Exception {
    BuiltImage image = images.printing("hello\n", first);
    load(image);
    BuiltImage other = SampleImage.withUser(image, "1234");

    Loaded sent = load(other);

    assertSent(sent, 0);
    assertHas(other, first);
    assertThat(output(first)).isEqualTo("hello\n");
  }

  /** Large enough that to ask is worth it. */
  @Test
  void sendsNoLayersThatTheEngineHasFromAnotherImage() throws Exception {
    SampleImage large = SampleImage.in(temp, Compression.NONE, seed).withLarger(17 << 20);
    load(large.printing("hello\n", name + "-other:1"));

    Loaded sent = load(large.printing("goodbye\n", first));

    assertSent(sent, 1);
    assertThat(output(first)).isEqualTo("goodbye\n");
  }

  @Test
  void sendsAllThatIsLargeToAnEngineThatLacksIt() throws Exception {
    SampleImage large = SampleImage.in(temp, Compression.NONE, seed).withLarger(17 << 20);

    Loaded sent = load(large.printing("hello\n", first));

    assertThat(sent.layersSent()).isEqualTo(3);
    assertThat(sent.bytes()).isGreaterThan(17 << 20);
    assertThat(output(first)).isEqualTo("hello\n");
  }

  @Test
  void sendsEverythingAgainAfterTheImageWasRemoved() throws Exception {
    BuiltImage image = images.printing("hello\n", first);
    load(image);
    engine.remove(first);

    assertThat(load(image).layersSent()).isEqualTo(3);

    assertHas(image, first);
  }

  @Test
  void givesAnImageThatTheEngineHasItsOtherName() throws Exception {
    load(images.printing("hello\n", first));
    BuiltImage image = images.printing("hello\n", first, second);

    assertThat(load(image)).isEqualTo(new Loaded(0, 0));

    assertHas(image, first, second);
  }

  @Test
  void takesANameBackThatWasGivenToAnotherImage() throws Exception {
    BuiltImage image = images.printing("hello\n", first, second);
    load(image);
    load(images.printing("goodbye\n", name + "-other:1"));
    engine.tag(name + "-other:1", name, "1");

    assertThat(load(image)).isEqualTo(new Loaded(0, 0));

    assertHas(image, first, second);
  }

  @Test
  void findsAnImageThatLostItsNames() throws Exception {
    assumeTrue(engine.takesSingleLayers(), "other engines may have removed it");
    BuiltImage image = images.printing("hello\n", first);
    load(image);
    load(images.printing("goodbye\n", first));

    assertThat(load(image)).isEqualTo(new Loaded(0, 0));

    assertHas(image, first);
  }

  @Test
  void keepsWhatWasThereWhereALayerIsNotWhatTheImageSays() throws Exception {
    BuiltImage good = images.printing("hello\n", first);
    load(good);
    // No engine has such a layer from another test.
    BuiltImage image = images.printing("goodbye " + seed, first);
    List<ImageLayer> layers = new ArrayList<>(image.layers());
    ImageLayer top = layers.remove(2);
    layers.add(new ImageLayer(top.descriptor(), top.diffId(), layers.get(0).content()));

    assertThatThrownBy(() -> load(SampleImage.withLayers(image, layers)))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("The engine cannot load the image: ");

    try {
      assertHas(good, first);
    } catch (NotFoundException e) {
      // With containerd's store an engine gives the name away before it sees the layers.
      assertThat(engine.takesSingleLayers()).isFalse();
    }
  }

  private void assertSent(Loaded sent, int layers) {
    if (engine.takesSingleLayers()) {
      assertThat(sent.layersSent()).isEqualTo(layers);
      assertThat(sent.bytes()).isBetween(1L, SMALL);
    } else {
      assertThat(sent.layersSent()).isEqualTo(3);
    }
  }

  private void assertHas(BuiltImage image, String... references) {
    for (String reference : references) {
      assertThat(engine.inspect(reference).getId())
          .isIn(image.id().toString(), image.digest().toString());
    }
  }

  private String output(String reference) throws InterruptedException {
    try (RunningContainer container = engine.run(reference, ContainerSettings.withoutNetwork())) {
      assertThat(container.await()).isZero();
      return container.log();
    }
  }
}
