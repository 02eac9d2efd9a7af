package io.slimimage.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.slimimage.blob.Compression;
import io.slimimage.blob.DeferredBlob;
import io.slimimage.blob.Records;
import io.slimimage.blob.StoredBlob;
import io.slimimage.image.BuiltImage;
import io.slimimage.image.Descriptor;
import io.slimimage.image.ImageLayer;
import io.slimimage.image.PlatformImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes images whose layers are elsewhere until they are wanted. */
class DeferredLayersTest {

  @TempDir Path temp;

  private final AtomicInteger downloads = new AtomicInteger();
  private SampleImage images;
  private BuiltImage image;

  @BeforeEach
  void prepare() throws IOException {
    images = SampleImage.in(temp.resolve("cache"), Compression.GZIP, 1);
    image = images.printing("hello", "shop:1");
  }

  private BuiltImage deferred() {
    List<ImageLayer> layers = new ArrayList<>();
    for (ImageLayer layer : image.layers()) {
      Descriptor descriptor = layer.descriptor();
      DeferredBlob.Source source =
          () -> {
            downloads.incrementAndGet();
            return (StoredBlob) layer.content();
          };
      DeferredBlob content = new DeferredBlob(descriptor.digest(), descriptor.size(), source);
      layers.add(new ImageLayer(descriptor, layer.diffId(), content));
    }
    return SampleImage.withLayers(image, layers);
  }

  @Test
  void aLayoutGetsThemFromTheStore() throws IOException {
    Path layout = temp.resolve("image");

    assertThat(images.layout(layout).write(PlatformImages.of(deferred()))).isTrue();

    assertThat(downloads).hasValue(image.layers().size());
    for (ImageLayer layer : image.layers()) {
      StoredBlob stored = (StoredBlob) layer.content();
      Path blob = layout.resolve("blobs/sha256").resolve(stored.digest().hex());
      assertThat(Files.isSameFile(stored.file(), blob)).isTrue();
    }
  }

  @Test
  void aLayoutThatHasThemNeedsNone() throws IOException {
    Path layout = temp.resolve("image");
    images.layout(layout).write(PlatformImages.of(image));

    assertThat(images.layout(layout).write(PlatformImages.of(deferred()))).isFalse();

    assertThat(downloads).hasValue(0);
  }

  @Test
  void aLayoutCanDoWithoutDownloads() throws IOException {
    Path layout = temp.resolve("image");
    LayoutWriter writer = images.layout(layout);

    assertThat(writer.writeWithoutDownloads(PlatformImages.of(deferred()))).hasSize(3);

    assertThat(downloads).hasValue(0);
    assertThat(layout.resolve("index.json")).exists();
    for (ImageLayer layer : image.layers()) {
      assertThat(layout.resolve(ImageArchive.path(layer))).doesNotExist();
    }
    assertThat(writer.write(PlatformImages.of(deferred()))).isTrue();
    assertThat(downloads).hasValue(3);
    // What is there stays.
    assertThat(writer.writeWithoutDownloads(PlatformImages.of(deferred()))).isEmpty();
    for (ImageLayer layer : image.layers()) {
      assertThat(layout.resolve(ImageArchive.path(layer))).exists();
    }
  }

  @Test
  void aLayoutWithoutDownloadsHasWhatIsOnThisMachine() throws IOException {
    BuiltImage deferred = deferred();
    ImageLayer first = deferred.layers().get(0);
    ((DeferredBlob) first.content()).stored();
    Path layout = temp.resolve("image");

    assertThat(images.layout(layout).writeWithoutDownloads(PlatformImages.of(deferred))).hasSize(2);

    assertThat(downloads).hasValue(1);
    assertThat(layout.resolve(ImageArchive.path(first))).exists();
  }

  @Test
  void anArchiveHasThem() throws IOException {
    Records records = new Records(temp.resolve("records"));
    Path expected = temp.resolve("expected.tar");
    new ArchiveWriter(expected, records).write(PlatformImages.of(image));
    Path archive = temp.resolve("image.tar");

    assertThat(new ArchiveWriter(archive, records).write(PlatformImages.of(deferred()))).isTrue();

    assertThat(archive).hasSameBinaryContentAs(expected);
    assertThat(new ArchiveWriter(archive, records).write(PlatformImages.of(deferred()))).isFalse();
    assertThat(downloads).hasValue(image.layers().size());
  }
}
