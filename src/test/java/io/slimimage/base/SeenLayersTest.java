package io.slimimage.base;

import static io.slimimage.base.LayeredBase.files;
import static io.slimimage.base.TestBases.AMD64;
import static io.slimimage.base.TestLayout.config;
import static io.slimimage.base.TestLayout.gzip;
import static io.slimimage.base.TestLayout.tar;
import static io.slimimage.base.TestLayout.zstd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.blob.Blob;
import io.slimimage.image.BaseImage;
import io.slimimage.image.ImageLayer;
import io.slimimage.image.MediaTypes;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sees what is in a layer while its bytes are verified, and does not read it again for that. */
@Timeout(60)
class SeenLayersTest extends OpenedLayout {

  private final List<String> layers = new ArrayList<>();
  private final List<byte[]> tars = new ArrayList<>();

  private void add(String mediaType, byte[] tar) {
    byte[] bytes =
        switch (mediaType) {
          case MediaTypes.LAYER_GZIP -> gzip(tar);
          case MediaTypes.LAYER_ZSTD -> zstd(tar);
          default -> tar;
        };
    layers.add(layout.blob(mediaType, bytes));
    tars.add(tar);
  }

  private BaseImage open() throws IOException {
    layout.entry(layout.image(config("linux", "amd64", tars.toArray(byte[][]::new)), layers));
    return open("", AMD64);
  }

  /** Returns the image as one whose layers nobody may read any more. */
  private static BaseImage unreadable(BaseImage base) {
    return base.withLayers(
        base.layers().stream()
            .map(layer -> new ImageLayer(layer.descriptor(), layer.diffId(), new Unreadable()))
            .toList());
  }

  private static final class Unreadable implements Blob {
    @Override
    public long size() {
      return 1;
    }

    @Override
    public InputStream open() {
      throw new AssertionError("read again");
    }
  }

  @Test
  void readsNoLayerAgainThatWasVerified() throws IOException {
    add(MediaTypes.LAYER_GZIP, new TestTar().file("a", "1").hardLink("b", "a").bytes());
    add(MediaTypes.LAYER_ZSTD, new TestTar().link("c", "a").file("a", "2").bytes());
    add(MediaTypes.LAYER_TAR, new TestTar().program("d", "3").bytes());

    assertThat(files(unreadable(open()), bases.findings))
        .containsExactly(
            Map.entry("a", "644 2"),
            Map.entry("b", "644 1"),
            Map.entry("c", "-> a"),
            Map.entry("d", "755 3"));
  }

  @Test
  void saysWhatIsWrongWithALayerOnceItIsNeeded() throws IOException {
    add(MediaTypes.LAYER_GZIP, tar("a/../../b", "1"));
    BaseImage base = open();

    assertThatThrownBy(() -> files(base, bases.findings))
        .hasMessageContaining("layer 1 has the path [a/../../b], which leads out of it");
  }

  @Test
  void verifiesWhatIsNoArchive() throws IOException {
    add(MediaTypes.LAYER_GZIP, "no archive at all".repeat(1 << 15).getBytes());
    BaseImage base = open();

    assertThatThrownBy(() -> files(base, bases.findings))
        .hasMessageContaining("layer 1 cannot be read: Corrupted TAR archive");
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 150})
  void readsAgainWhatHasNoRoomInMemory(int room) throws IOException {
    assertThat(bases.findings.take(LayerFindings.MOST_MEMORY - room)).isTrue();
    add(MediaTypes.LAYER_GZIP, tar("a", "x".repeat(100)));

    BaseImage base = open();

    boolean headers = bases.findings.of(base.layers().get(0).diffId()).isPresent();
    assertThat(headers).isEqualTo(room > 100);
    assertThat(files(base, bases.findings))
        .containsExactly(Map.entry("a", "644 " + "x".repeat(100)));
    assertThatThrownBy(() -> files(unreadable(base), bases.findings)).hasMessage("read again");
    assertThat(bases.findings.take(room)).isEqualTo(!headers);
  }
}
