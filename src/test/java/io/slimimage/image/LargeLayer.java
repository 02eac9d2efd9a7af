package io.slimimage.image;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Makes an image with a large layer, validates it, and makes it again from what is kept: a program
 * to be run with little memory. By hand, with the size that has to pass:
 *
 * <pre>
 * java -Xmx256m -cp target/classes:target/test-classes:CLASS_PATH \
 *   io.slimimage.image.LargeLayer DIRECTORY 2048 20000
 * </pre>
 */
public final class LargeLayer {

  private static final int SPREAD = 100;

  private LargeLayer() {}

  /**
   * Runs.
   *
   * @param args a directory for the cache, the megabytes of a file, and the number of small files
   */
  public static void main(String[] args) throws IOException {
    Path directory = Path.of(args[0]);
    long size = Long.parseLong(args[1]) << 20;
    int entries = Integer.parseInt(args[2]);
    LayerSource source = LayerSource.of(layer(size, entries), FileDigests.unkept());
    FileDigests digests = FileDigests.at(directory.resolve("digests"));
    LayerStore store =
        new LayerStore(
            new BlobStore(directory, digests),
            new Records(directory.resolve("records")),
            Compression.GZIP);
    BuiltImage first = build(store, source, false);
    ImageValidator.validate(first);
    BuiltImage second = build(store, source, true);
    if (!second.digest().equals(first.digest())) {
      throw new IllegalStateException(first.digest() + " is not " + second.digest());
    }
    System.out.println(first.layers().get(0).descriptor().size() + " bytes " + first.digest());
  }

  private static BuiltImage build(LayerStore store, LayerSource source, boolean cached)
      throws IOException {
    List<BuiltLayer> layers = store.build(List.of(source));
    if (layers.get(0).cached() != cached) {
      throw new IllegalStateException("cached: " + layers.get(0).cached());
    }
    return ImageAssembly.assemble(
        TestImages.plan(), BaseImage.scratch(TestImages.PLATFORM), layers, TestImages.METADATA);
  }

  private static Layer layer(long size, int count) {
    List<LayerEntry> entries = new ArrayList<>();
    entries.add(new LayerEntry.File("big", 0644, new Generated(size)));
    for (int i = 0; i < count; i++) {
      if (i % SPREAD == 0) {
        entries.add(new LayerEntry.Directory(directory(i), 0755));
      }
      String path = directory(i) + "/file-%06d".formatted(i);
      entries.add(new LayerEntry.File(path, 0644, new Generated(i % 2000)));
    }
    return new Layer(LayerRole.EXTRA, entries);
  }

  private static String directory(int file) {
    return "directory-%06d".formatted(file / SPREAD);
  }

  /** Bytes of which one in eight is random. */
  private record Generated(long size) implements Blob {

    @Override
    public Digest key(FileDigests digests) {
      return Digest.sha256(("generated " + size).getBytes(UTF_8));
    }

    @Override
    public InputStream open() {
      RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(size);
      return new InputStream() {
        private long left = size;

        @Override
        public int read() {
          byte[] one = new byte[1];
          return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
          if (left == 0) {
            return -1;
          }
          int read = (int) Math.min(left, length);
          for (int i = 0; i < read; i++) {
            boolean plain = (size - left + i) % 4096 >= 512;
            buffer[offset + i] = plain ? 0 : (byte) random.nextInt();
          }
          left -= read;
          return read;
        }
      };
    }
  }
}
