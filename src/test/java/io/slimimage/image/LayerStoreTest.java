package io.slimimage.image;

import static io.slimimage.image.TestImages.METADATA;
import static io.slimimage.image.TestImages.PLATFORM;
import static io.slimimage.image.TestImages.layer;
import static io.slimimage.image.TestImages.plan;
import static io.slimimage.image.TestImages.stored;
import static io.slimimage.image.TestImages.tar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.slimimage.blob.Blob;
import io.slimimage.blob.Compression;
import io.slimimage.blob.Digest;
import io.slimimage.layer.Layer;
import io.slimimage.layer.LayerRole;
import io.slimimage.layer.LayerSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LayerStoreTest extends LayerStoreFixture {

  @ParameterizedTest
  @EnumSource
  void makesLayersThatAnImageCanHave(Compression compression) throws IOException {
    List<BuiltLayer> layers =
        store(compression)
            .build(
                List.of(
                    source(LayerRole.DEPENDENCIES, "lib.jar", "library"),
                    source(LayerRole.APPLICATION, "app.jar", "x".repeat(3_000_000))));

    assertThat(layers)
        .extracting(BuiltLayer::role, BuiltLayer::files, BuiltLayer::bytes, BuiltLayer::cached)
        .containsExactly(
            tuple(LayerRole.DEPENDENCIES, 1L, 7L, false),
            tuple(LayerRole.APPLICATION, 1L, 3_000_000L, false));
    byte[] tar = tar(layer(LayerRole.DEPENDENCIES, "lib.jar", "library"));
    ImageLayer first = layers.get(0).layer();
    assertThat(first.diffId()).isEqualTo(Digest.sha256(tar));
    assertThat(first.descriptor().mediaType()).isEqualTo(compression.mediaType());
    ImageValidator.validate(
        ImageAssembly.assemble(plan(), BaseImage.scratch(PLATFORM), layers, METADATA));
  }

  @Test
  void whatAnEarlierBuildHasMadeIsNotReadAgain() throws IOException {
    List<String> opened = new ArrayList<>();
    Blob content =
        content(
            3,
            () -> {
              opened.add("");
              return new ByteArrayInputStream(new byte[3]);
            });
    BuiltLayer first = build(source(LayerRole.EXTRA, content)).get(0);
    BuiltLayer second = build(source(LayerRole.MODULES, content)).get(0);

    assertThat(opened).hasSize(1);
    assertThat(first.cached()).isFalse();
    assertThat(second.cached()).isTrue();
    assertThat(second.role()).isEqualTo(LayerRole.MODULES);
    assertThat(second.files()).isEqualTo(1);
    assertThat(second.bytes()).isEqualTo(3);
    assertThat(second.layer()).isEqualTo(first.layer());
    BuiltLayer stored =
        store(Compression.NONE).build(List.of(source(LayerRole.EXTRA, content))).get(0);
    assertThat(stored.cached()).as("with another compression").isFalse();
    assertThat(stored.layer().diffId()).isEqualTo(first.layer().diffId());
  }

  @Test
  void aLayerWithoutEntriesIsLeftOutAndRememberedWithoutBeingMade() throws IOException {
    int[] made = new int[1];
    LayerSource empty =
        new LayerSource() {
          @Override
          public LayerRole role() {
            return LayerRole.EXTRA;
          }

          @Override
          public Digest key() {
            return Digest.sha256(new byte[0]);
          }

          @Override
          public Layer layer() {
            made[0]++;
            return new Layer(role(), List.of());
          }
        };
    LayerSource other = source(LayerRole.APPLICATION, "a", "b");
    assertThat(build(empty, other)).extracting(BuiltLayer::role).containsExactly(other.role());
    assertThat(build(empty, other, empty)).hasSize(1);
    assertThat(build(empty)).isEmpty();
    assertThat(made[0]).isEqualTo(1);
    assertThat(build()).isEmpty();
  }

  @Test
  void equalLayersCanBeInOneImage() throws IOException {
    LayerSource source = source(LayerRole.EXTRA, "a", "b");
    LayerSource equal = source(LayerRole.MODULES, "a", "b");
    for (int i = 0; i < 2; i++) {
      List<BuiltLayer> layers = build(source, equal, source);
      assertThat(layers).hasSize(3);
      assertThat(layers)
          .extracting(it -> it.layer().diffId())
          .containsOnly(layers.get(0).layer().diffId());
      ImageValidator.validate(
          ImageAssembly.assemble(plan(), BaseImage.scratch(PLATFORM), layers, METADATA));
    }
    assertThat(blobs()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"flipped", "cut", "gone", "no record", "odd record", "empty record"})
  void whatIsDamagedIsMadeAgain(String damage) throws IOException {
    LayerSource source = source(LayerRole.EXTRA, "a", "some text");
    BuiltLayer first = build(source).get(0);
    Path blob = blobs().get(0);
    Path record = files("records").get(0);
    byte[] bytes = Files.readAllBytes(blob);
    switch (damage) {
      case "flipped" -> {
        bytes[bytes.length / 2] ^= 1;
        Files.write(blob, bytes);
      }
      case "cut" -> Files.write(blob, Arrays.copyOf(bytes, bytes.length - 1));
      case "gone" -> Files.delete(blob);
      case "no record" -> Files.delete(record);
      case "odd record" -> Files.writeString(record, "sha256:x y z");
      default -> Files.write(record, new byte[0]);
    }

    BuiltLayer healed = build(source).get(0);

    assertThat(healed.cached()).isFalse();
    assertThat(healed.layer().descriptor()).isEqualTo(first.layer().descriptor());
    ImageValidator.validate(
        ImageAssembly.assemble(plan(), BaseImage.scratch(PLATFORM), List.of(healed), METADATA));
    assertThat(build(source).get(0).cached()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "empty", "x y 1 2", "sha256:1 sha256:2 3 4", "D D 1", "D D 1 x", "D D 1 2 3"})
  void whatIsNoRecordIsNone(String text) {
    Digest digest = Digest.sha256(new byte[0]);
    LayerRecord record = new LayerRecord(digest, digest, 1, 2);
    assertThat(LayerRecord.parse(record.text())).contains(record);
    assertThat(LayerRecord.parse(text.replace("D", digest.toString()))).isEmpty();
  }

  @Test
  void layersAreMadeSideBySideAndKeepTheirOrder() throws IOException {
    CountDownLatch second = new CountDownLatch(1);
    Blob waiting =
        content(
            1,
            () -> {
              second.await();
              return new ByteArrayInputStream(new byte[1]);
            });
    Blob freeing =
        content(
            2,
            () -> {
              second.countDown();
              return new ByteArrayInputStream(new byte[2]);
            });
    assertThat(
            build(source(LayerRole.DEPENDENCIES, waiting), source(LayerRole.APPLICATION, freeing)))
        .extracting(BuiltLayer::role)
        .containsExactly(LayerRole.DEPENDENCIES, LayerRole.APPLICATION);
  }

  @Test
  void buildsAtTheSameTimeShareWhatTheyMake() throws Exception {
    ExecutorService builds = Executors.newFixedThreadPool(4);
    try {
      List<Future<List<BuiltLayer>>> results = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        results.add(
            builds.submit(
                () ->
                    build(
                        source(LayerRole.DEPENDENCIES, "a", "x".repeat(100_000)),
                        source(LayerRole.APPLICATION, "b", "y".repeat(100_000)))));
      }
      for (Future<List<BuiltLayer>> result : results) {
        ImageValidator.validate(
            ImageAssembly.assemble(plan(), BaseImage.scratch(PLATFORM), result.get(), METADATA));
      }
      assertThat(blobs()).hasSize(2);
    } finally {
      builds.shutdownNow();
      assertThat(builds.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
  }
}
