package io.slimimage.image;

import static io.slimimage.image.TestImages.layer;
import static io.slimimage.image.TestImages.stored;
import static io.slimimage.image.TestImages.tar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.SlimImageException;
import io.slimimage.blob.Blob;
import io.slimimage.blob.Compression;
import io.slimimage.blob.Digest;
import io.slimimage.layer.LayerRole;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BaseLayersTest extends LayerStoreFixture {

  @Test
  void uncompressedLayersOfABaseAreCompressedOnce() throws IOException {
    byte[] tar = tar(layer(LayerRole.EXTRA, "a", "b".repeat(100_000)));
    Digest diffId = Digest.sha256(tar);
    int[] opened = new int[1];
    Blob content =
        content(
            tar.length,
            () -> {
              opened[0]++;
              return new ByteArrayInputStream(tar);
            });
    ImageLayer base =
        new ImageLayer(
            new Descriptor(MediaTypes.DOCKER_LAYER_TAR, diffId, tar.length), diffId, content);
    for (int i = 0; i < 2; i++) {
      ImageLayer layer = store(Compression.GZIP).compressed(base);
      assertThat(layer.descriptor().mediaType()).isEqualTo(MediaTypes.LAYER_GZIP);
      assertThat(layer.descriptor().size()).isLessThan(1000);
      assertThat(layer.diffId()).isEqualTo(diffId);
      new LayerCheck("layer", layer, true, false).run();
    }
    assertThat(opened[0]).isEqualTo(1);
    ImageLayer kept = store(Compression.NONE).compressed(base);
    assertThat(kept.content()).isSameAs(content);
    assertThat(kept.descriptor())
        .isEqualTo(new Descriptor(MediaTypes.LAYER_TAR, diffId, tar.length));

    Files.delete(blobs().get(0));
    assertThat(store(Compression.GZIP).compressed(base).content().size()).isLessThan(1000);
    assertThat(opened[0]).isEqualTo(2);
  }

  @Test
  void compressedLayersOfABaseStayAsTheyAreUnderTheirNameInOci() throws IOException {
    Digest diffId = Digest.sha256(new byte[0]);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new GZIPOutputStream(bytes).close();
    Blob content = Blob.of(bytes.toByteArray());
    Digest digest = Digest.sha256(content);
    List<List<String>> types =
        List.of(
            List.of(MediaTypes.DOCKER_LAYER, MediaTypes.LAYER_GZIP),
            List.of(MediaTypes.LAYER_GZIP, MediaTypes.LAYER_GZIP),
            List.of(MediaTypes.DOCKER_LAYER_ZSTD, MediaTypes.LAYER_ZSTD),
            List.of(MediaTypes.LAYER_ZSTD, MediaTypes.LAYER_ZSTD));
    for (List<String> type : types) {
      ImageLayer layer = new ImageLayer(new Descriptor(type.get(0), digest, 20), diffId, content);
      assertThat(store(Compression.GZIP).compressed(layer))
          .isEqualTo(new ImageLayer(new Descriptor(type.get(1), digest, 20), diffId, content));
    }
    assertThat(blobs()).isEmpty();
    ImageLayer foreign =
        new ImageLayer(
            new Descriptor(
                MediaTypes.LAYER_TAR.replace("layer", "layer.nondistributable"), digest, 20),
            diffId,
            content);
    assertThatThrownBy(() -> store(Compression.GZIP).compressed(foreign))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("nondistributable");
  }

  @Test
  void aLayerOfABaseThatIsNotWhatItSaysIsRefused() throws IOException {
    ImageLayer right = stored(tar(layer(LayerRole.EXTRA, "a", "b")));
    ImageLayer wrong = new ImageLayer(right.descriptor(), right.diffId(), Blob.of(new byte[2560]));
    assertThatThrownBy(() -> store(Compression.GZIP).compressed(wrong))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining(right.diffId().toString());
    assertThat(blobs()).isEmpty();
    assertThat(files("records")).isEmpty();
  }
}
