package io.slimimage.image;

import static io.slimimage.image.ImageValidator.expect;

import io.slimimage.SlimImageException;
import io.slimimage.blob.MeasuringInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Reads one layer to its end and compares it with what the image says about it. */
final class LayerCheck {

  private final String name;
  private final ImageLayer layer;
  private final boolean tidy;
  private final boolean onBase;
  private final Set<String> paths = new HashSet<>();
  private final Set<String> parents = new HashSet<>();

  /**
   * Creates a check.
   *
   * @param name which layer it is, in messages
   * @param tidy whether each directory has to come once and before what is in it, as in layers of
   *     this plugin
   * @param onBase whether directories may be missing, since the base image has them
   */
  LayerCheck(String name, ImageLayer layer, boolean tidy, boolean onBase) {
    this.name = name;
    this.layer = layer;
    this.tidy = tidy;
    this.onBase = onBase;
  }

  void run() throws IOException {
    Descriptor descriptor = layer.descriptor();
    expect(
        MediaTypes.isLayer(descriptor.mediaType()),
        name + " has the unknown format [" + descriptor.mediaType() + "]");
    try (MeasuringInputStream stored =
        new MeasuringInputStream(layer.content().open(), descriptor.digest())) {
      MeasuringInputStream tar =
          new MeasuringInputStream(unpacked(new BufferedInputStream(stored)), layer.diffId());
      entries(tar);
      tar.finish();
      ImageValidator.expectEqual(name + " has the diff ID", layer.diffId(), tar.digest());
      stored.finish();
      ImageValidator.expectSame(name, descriptor, stored.size(), stored.digest());
    } catch (IOException e) {
      throw new SlimImageException(
          SlimImageException.advise(
              name + " is damaged: " + e.getMessage(), ImageValidator.BUILD_AGAIN),
          e);
    }
  }

  /** Several members or frames one after the other are one stream. */
  private InputStream unpacked(InputStream in) throws IOException {
    return LayerFormat.of(layer.descriptor().mediaType()).orElseThrow().decompress(in);
  }

  private void entries(InputStream in) throws IOException {
    TarArchiveInputStream tar = new TarArchiveInputStream(in, "UTF-8");
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      String path = entry.getName();
      expect(
          !path.startsWith("/") && !Arrays.asList(path.split("/")).contains(".."),
          name + " has [" + path + "], which is not inside of the image");
      if (tidy) {
        tidy(entry.isDirectory() ? path.replaceFirst("/$", "") : path);
      }
    }
  }

  private void tidy(String path) {
    expect(paths.add(path), name + " has [" + path + "] twice");
    expect(!parents.contains(path), name + " has [" + path + "] after what is in it");
    for (int at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
      String parent = path.substring(0, at);
      expect(
          onBase || paths.contains(parent),
          name + " has [" + path + "] without [" + parent + "] before it");
      parents.add(parent);
    }
  }
}
