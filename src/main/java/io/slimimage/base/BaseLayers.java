package io.slimimage.base;

import io.slimimage.base.TreeNode.Content;
import io.slimimage.image.BaseImage;
import io.slimimage.image.ImageLayer;
import io.slimimage.image.LayerDownloads;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/** The layers of a base image as archives to read. */
final class BaseLayers {

  /** Many times what a layer has; the memory for them is limited apart from this. */
  static final int MOST_ENTRIES = 5_000_000;

  private final List<ImageLayer> layers;
  private final LayerFindings findings;
  private final BaseFailures failures;

  BaseLayers(BaseImage base, LayerFindings findings) {
    this.layers = base.layers();
    this.findings = findings;
    this.failures = new BaseFailures(base.name(), "get the base image again");
  }

  /**
   * Returns the file system of all layers; of those that were not looked at it reads the headers.
   */
  FileSystemTree tree() throws IOException {
    LayerDownloads.run(layers);
    FileSystemTree tree = new FileSystemTree(failures);
    for (int i = 0; i < layers.size(); i++) {
      Optional<LayerContents> seen = seen(i);
      if (seen.isPresent()) {
        tree.apply(i, seen.get().read());
      } else {
        apply(i, tree);
      }
    }
    return tree;
  }

  private void apply(int layer, FileSystemTree tree) throws IOException {
    try (UntrustedStream archive = open(layer)) {
      TarEntries entries = entries(archive, layer);
      tree.apply(
          layer,
          () -> {
            TarArchiveEntry entry = entries.next();
            return entry == null ? null : TarHeader.of(entry);
          });
    }
  }

  private Optional<LayerContents> seen(int layer) {
    return findings.of(layers.get(layer).diffId());
  }

  /** Returns what a file has, if that was seen already. */
  Optional<byte[]> seen(Content file) {
    return seen(file.layer()).map(layer -> layer.files().get(file.entry()));
  }

  /** Returns whether the content of a file will be asked for. */
  boolean isWanted(String path) {
    return findings.isWanted(path);
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

  static String name(int layer) {
    return "layer " + (layer + 1);
  }
}
