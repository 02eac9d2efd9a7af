package io.slimimage.base;

import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import io.slimimage.blob.Records;
import io.slimimage.image.BaseImage;
import io.slimimage.image.Descriptor;
import io.slimimage.image.ImageLayer;
import io.slimimage.image.MediaTypes;
import io.slimimage.image.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** A base image of layers in memory, and what is in it. */
final class LayeredBase {

  static final Records NOWHERE = new Records(Path.of("/dev/null/records"));

  private LayeredBase() {}

  static BaseImage base(byte[]... layers) {
    return base(
        Stream.of(layers)
            .map(
                bytes ->
                    layer(
                        Blob.of(bytes),
                        bytes[0] == 0x1f ? MediaTypes.LAYER_GZIP : MediaTypes.LAYER_TAR))
            .toList());
  }

  static BaseImage base(List<ImageLayer> layers) {
    return new BaseImage("test", Platform.parse("linux/amd64"), "{}", layers);
  }

  static ImageLayer layer(Blob content, String mediaType) {
    Digest diffId = Digest.sha256(new byte[] {1});
    if (content.size() >= 0 && content.size() < 1 << 20) {
      try (InputStream in = content.open()) {
        diffId =
            Digest.sha256(mediaType.equals(MediaTypes.LAYER_GZIP) ? new GZIPInputStream(in) : in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new ImageLayer(
        new Descriptor(mediaType, diffId, Math.max(content.size(), 0)), diffId, content);
  }

  /** Returns findings for which every file is wanted. */
  static LayerFindings findings(Records records) {
    return new LayerFindings(records, path -> true);
  }

  static Map<String, String> files(TestTar... layers) throws IOException {
    return files(base(Stream.of(layers).map(TestTar::bytes).toArray(byte[][]::new)));
  }

  /** Returns mode and content by path. */
  static Map<String, String> files(BaseImage base) throws IOException {
    return files(base, findings(NOWHERE));
  }

  static Map<String, String> files(BaseImage base, LayerFindings findings) throws IOException {
    ListedFiles listed = new ListedFiles();
    BaseFiles.visit(base, findings, listed);
    return listed.files();
  }
}
