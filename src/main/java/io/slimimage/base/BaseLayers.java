package io.slimimage.base;

import io.slimimage.image.BaseImage;
import io.slimimage.image.ImageLayer;
import io.slimimage.image.LayerDownloads;
import java.io.IOException;
import java.util.List;

/** The layers of a base image as archives to read. */
final class BaseLayers {

  /** Many times what a layer has; the memory for them is limited apart from this. */
  private static final int MOST_ENTRIES = 5_000_000;

  private final List<ImageLayer> layers;
  private final BaseFailures failures;

  BaseLayers(BaseImage base) {
    this.layers = base.layers();
    this.failures = new BaseFailures(base.name(), "get the base image again");
  }

  /** Returns the file system of all layers, which reads their headers. */
  FileSystemTree tree() throws IOException {
    LayerDownloads.run(layers);
    FileSystemTree tree = new FileSystemTree(failures);
    for (int i = 0; i < layers.size(); i++) {
      try (UntrustedStream archive = open(i)) {
        tree.apply(i, entries(archive, i));
      }
    }
    return tree;
  }

  UntrustedStream open(int layer) throws IOException {
    return new UntrustedStream(layers.get(layer).content().open(), name(layer), failures);
  }

  TarEntries entries(UntrustedStream archive, int layer) {
    return new TarEntries(archive, name(layer), failures, MOST_ENTRIES);
  }

  int count() {
    return layers.size();
  }

  BaseFailures failures() {
    return failures;
  }

  private static String name(int layer) {
    return "layer " + (layer + 1);
  }
}
