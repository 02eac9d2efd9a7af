package io.slimimage.base;

import static io.slimimage.base.OpenedLayout.contentOf;
import static io.slimimage.base.TestBases.AMD64;
import static io.slimimage.base.TestLayout.config;
import static io.slimimage.base.TestLayout.gzip;
import static io.slimimage.base.TestLayout.tar;
import static io.slimimage.base.TestLayout.zstd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.SlimImageException;
import io.slimimage.blob.Compression;
import io.slimimage.blob.DeferredBlob;
import io.slimimage.blob.Digest;
import io.slimimage.blob.StoredBlob;
import io.slimimage.image.BaseImage;
import io.slimimage.image.Descriptor;
import io.slimimage.image.ImageLayer;
import io.slimimage.image.LayerDownloads;
import io.slimimage.image.LayerStore;
import io.slimimage.image.MediaTypes;
import io.slimimage.registry.RegistryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Gets the layers of base images from registries when they are wanted, and checks them then. */
@Timeout(120)
class RegistryLayersTest {

  private static final String NAME = "registry.example/base:1";

  @TempDir private Path directory;

  private final RepositoryOfLayout repository = new RepositoryOfLayout();
  private final TestLayout layout = repository.layout();
  private TestBases bases;

  @BeforeEach
  void createCache() {
    bases = new TestBases(directory).with(repository);
  }

  private BaseImage open() throws IOException {
    return bases.open(BaseReference.parse(NAME, directory), AMD64);
  }

  private BaseImage open(String config, String... layers) throws IOException {
    repository.tag("1", layout.image(config, List.of(layers)));
    return open();
  }

  @Test
  void compressesNothingThatIsCompressedAndDownloadsNothingForIt() throws IOException {
    byte[] first = tar("a", "first");
    byte[] second = tar("b", "second");
    byte[] third = tar("c", "third");
    BaseImage base =
        open(
            config("linux", "amd64", first, second, third),
            layout.blob(MediaTypes.DOCKER_LAYER, gzip(first)),
            layout.blob(MediaTypes.LAYER_ZSTD, zstd(second)),
            layout.blob(MediaTypes.DOCKER_LAYER_TAR, third));
    repository.forgetCalls();
    LayerStore store = new LayerStore(bases.blobs, bases.records, Compression.GZIP);

    ImageLayer gzip = store.compressed(base.layers().get(0));
    ImageLayer zstd = store.compressed(base.layers().get(1));
    assertThat(repository.calls()).isEmpty();
    ImageLayer plain = store.compressed(base.layers().get(2));

    assertThat(gzip.descriptor())
        .isEqualTo(
            new Descriptor(MediaTypes.LAYER_GZIP, Digest.sha256(gzip(first)), gzip(first).length));
    assertThat(gzip.diffId()).isEqualTo(Digest.sha256(first));
    assertThat(zstd.descriptor().mediaType()).isEqualTo(MediaTypes.LAYER_ZSTD);
    assertThat(plain.descriptor().mediaType()).isEqualTo(MediaTypes.LAYER_GZIP);
    assertThat(repository.calls()).containsExactly("GET blob " + Digest.sha256(third));
    assertThat(TestBases.content(zstd)).isEqualTo(zstd(second));

    repository.forgetCalls();
    bases.offline();
    store.compressed(open().layers().get(2)).content().open().close();
    assertThat(repository.calls()).isEmpty();
  }

  @Test
  void getsALayerOnceThatAnImageHasTwice() throws IOException {
    byte[] tar = tar("a", "twice");
    String layer = layout.blob(MediaTypes.LAYER_GZIP, gzip(tar));
    BaseImage base = open(config("linux", "amd64", tar, tar), layer, layer);
    repository.forgetCalls();

    assertThat(base.layers()).hasSize(2);
    LayerDownloads.run(base.layers());

    assertThat(repository.calls()).hasSize(1);
  }

  @Test
  void refusesALayerWhoseBytesAreOthers() throws IOException {
    byte[] tar = tar("a", "right");
    byte[] gzip = gzip(tar);
    BaseImage base = open(config("linux", "amd64", tar), layout.blob(MediaTypes.LAYER_GZIP, gzip));
    gzip[gzip.length - 1] ^= 1;
    layout.put("blobs/sha256/" + base.layers().get(0).descriptor().digest().hex(), gzip);

    assertThatThrownBy(() -> TestBases.content(base.layers().get(0)))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("Base image [" + NAME + "] is damaged: layer 1, blob [sha256:")
        .hasMessageContaining(
            "has another digest than its name says, perhaps you should have it pushed to its"
                + " registry again");
    assertThat(stored()).isEmpty();
  }

  @Test
  void refusesALayerWhoseSizeIsALie() throws IOException {
    byte[] tar = tar("a", "right");
    byte[] gzip = gzip(tar);
    String layer = layout.blob(MediaTypes.LAYER_GZIP, gzip);
    for (String size : List.of("1", "100000")) {
      BaseImage base =
          open(
              config("linux", "amd64", tar),
              layer.replace("\"size\":" + gzip.length, "\"size\":" + size));
      assertThatThrownBy(() -> TestBases.content(base.layers().get(0)))
          .isInstanceOf(SlimImageException.class)
          .hasMessageContaining("is damaged: layer 1, blob [sha256:");
    }
  }

  @Test
  void refusesALayerThatIsNotTheOneOfTheConfiguration() throws IOException {
    byte[] tar = tar("a", "right");
    byte[] other = tar("a", "wrong");
    String layer = layout.blob(MediaTypes.LAYER_GZIP, gzip(other));
    BaseImage base = open(config("linux", "amd64", tar), layer);

    assertThatThrownBy(() -> contentOf(base))
        .hasMessageContaining(
            "layer 1 has the uncompressed digest ["
                + Digest.sha256(other)
                + "], and its configuration says ["
                + Digest.sha256(tar)
                + "]");
    // The bytes are what their digest says, and in the store; that makes them no better.
    assertThatThrownBy(() -> contentOf(open()))
        .hasMessageContaining("layer 1 has the uncompressed");
  }

  @Test
  void refusesALayerThatIsNotInItsFormat() throws IOException {
    byte[] tar = tar("a", "right");
    BaseImage base =
        open(config("linux", "amd64", tar), layout.blob(MediaTypes.LAYER_GZIP, zstd(tar)));

    assertThatThrownBy(() -> contentOf(base))
        .hasMessageContaining(
            "layer 1 is not in the format of its media type [" + MediaTypes.LAYER_GZIP + "]");
  }

  @Test
  void refusesAnotherNumberOfLayersBeforeAnyIsDownloaded() {
    byte[] tar = tar("a", "right");
    assertThatThrownBy(
            () ->
                open(
                    config("linux", "amd64", tar, tar),
                    layout.blob(MediaTypes.LAYER_GZIP, gzip(tar))))
        .hasMessageContaining("its configuration tells of 2 layers, and it has 1");
  }

  @Test
  void getsSeveralLayersAtATime() throws IOException {
    int atOnce = 4;
    BaseImage base = manyLayers(2 * atOnce);
    CyclicBarrier together = new CyclicBarrier(atOnce);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    repository.beforeBlob(
        () -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          await(together);
          running.decrementAndGet();
        });

    assertThat(contentOf(base)).contains("number 0");

    assertThat(most).hasValue(atOnce);
    assertThat(base.layers()).allMatch(layer -> ((DeferredBlob) layer.content()).isStored());
    assertThat(stored()).hasSize(base.layers().size());
  }

  private BaseImage manyLayers(int count) throws IOException {
    List<byte[]> tars = new ArrayList<>();
    List<String> layers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tars.add(tar("file" + i, "number " + i));
      layers.add(layout.blob(MediaTypes.LAYER_GZIP, gzip(tars.get(i))));
    }
    return open(
        config("linux", "amd64", tars.toArray(byte[][]::new)), layers.toArray(String[]::new));
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void oneFailureEndsAllDownloads() throws IOException {
    BaseImage base = manyLayers(9);
    repository.failWith(new RegistryException("It broke off", 0, null));

    assertThatThrownBy(() -> LayerDownloads.run(base.layers()))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("It broke off");

    assertThat(repository.blobCalls()).hasSizeLessThan(9);
    assertThat(stored()).isEmpty();
  }

  @Test
  void buildsAtTheSameTimeGetTheSame() throws Exception {
    int builds = 4;
    BaseImage base = manyLayers(3);
    repository.forgetCalls();
    CyclicBarrier together = new CyclicBarrier(builds);
    Callable<String> build =
        () -> {
          TestBases own = new TestBases(directory).with(repository);
          await(together);
          return contentOf(own.open(BaseReference.parse(NAME, directory), AMD64));
        };
    ExecutorService threads = Executors.newFixedThreadPool(builds);
    try {
      List<Future<String>> contents =
          Stream.generate(() -> threads.submit(build)).limit(builds).toList();
      for (Future<String> content : contents) {
        assertThat(content.get(60, TimeUnit.SECONDS)).contains("number 0", "number 2");
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(stored()).hasSize(3);
    // None of them twice.
    for (ImageLayer layer : base.layers()) {
      assertThat(repository.blobCalls())
          .containsOnlyOnce("GET blob " + layer.descriptor().digest());
    }
    try (Stream<Path> partial = Files.list(bases.cache.resolve("blobs/partial"))) {
      assertThat(partial).isEmpty();
    }
  }

  @Test
  void threadsOfOneBuildGetALayerOnce() throws Exception {
    BaseImage base = manyLayers(1);
    repository.forgetCalls();
    DeferredBlob layer = (DeferredBlob) base.layers().get(0).content();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<StoredBlob>> results =
          Stream.generate(() -> threads.submit(layer::stored)).limit(8).toList();
      for (Future<StoredBlob> result : results) {
        assertThat(result.get(60, TimeUnit.SECONDS)).isSameAs(layer.stored());
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(repository.calls()).hasSize(1);
  }

  private List<Path> stored() throws IOException {
    Path blobs = bases.cache.resolve("blobs/sha256");
    if (!Files.isDirectory(blobs)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(blobs)) {
      return files.toList();
    }
  }
}
