package io.slimimage.image;

import static io.slimimage.image.TestImages.layer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.slimimage.blob.Blob;
import io.slimimage.blob.BlobStore;
import io.slimimage.blob.Compression;
import io.slimimage.blob.Digest;
import io.slimimage.blob.FileDigests;
import io.slimimage.blob.Records;
import io.slimimage.layer.Layer;
import io.slimimage.layer.LayerEntry;
import io.slimimage.layer.LayerRole;
import io.slimimage.layer.LayerSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A store in a directory of its own, which leaves no thread behind. */
abstract class LayerStoreFixture {

  static final FileDigests DIGESTS = FileDigests.unkept();

  @TempDir Path directory;

  LayerStore store(Compression compression) {
    BlobStore blobs = new BlobStore(directory.resolve("blobs"), FileDigests.unkept());
    return new LayerStore(blobs, new Records(directory.resolve("records")), compression);
  }

  List<BuiltLayer> build(LayerSource... sources) throws IOException {
    return store(Compression.GZIP).build(List.of(sources));
  }

  static LayerSource source(LayerRole role, String path, String text) {
    return LayerSource.of(layer(role, path, text), DIGESTS);
  }

  static LayerSource source(LayerRole role, Blob content) {
    return LayerSource.of(new Layer(role, List.of(entry("f", content))), DIGESTS);
  }

  static LayerEntry entry(String path, Blob content) {
    return new LayerEntry.File(path, 0644, content);
  }

  /** Returns what is there for later builds, the unfinished too. */
  List<Path> blobs() throws IOException {
    return files("blobs");
  }

  List<Path> files(String kind) throws IOException {
    Path root = directory.resolve(kind);
    if (!Files.exists(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @AfterEach
  void noThreadOfAStoreIsLeft() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("slimimage-")) {
        // One that has left its pool takes a moment to end.
        thread.join(TimeUnit.SECONDS.toMillis(10));
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
  }

  /** A blob of which the reads are told. */
  private abstract static class Content implements Blob {

    private final long size;

    Content(long size) {
      this.size = size;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public Digest key(FileDigests digests) throws IOException {
      return Digest.sha256(("content of " + size + " bytes").getBytes(UTF_8));
    }
  }

  static Blob content(long size, Callable<InputStream> opened) {
    return new Content(size) {
      @Override
      public InputStream open() throws IOException {
        try {
          return opened.call();
        } catch (IOException | RuntimeException e) {
          throw e;
        } catch (Exception e) {
          throw new IOException(e);
        }
      }
    };
  }

  static Blob endless(CountDownLatch started) {
    return content(
        1L << 40,
        () ->
            new InputStream() {
              @Override
              public int read() {
                return 0;
              }

              @Override
              public int read(byte[] buffer, int offset, int length) {
                started.countDown();
                return length;
              }
            });
  }
}
