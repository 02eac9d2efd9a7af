package io.slimimage.base;

import io.slimimage.blob.Digest;
import io.slimimage.blob.Records;
import io.slimimage.image.BaseImage;
import java.io.IOException;
import java.util.Optional;

/**
 * The paths of a base image, for layers that are made side by side: only if one has to be made, and
 * only by the first build with this base, are its layers read for them.
 */
final class BasePaths {

  private static final String KIND = "base-paths";

  private final BaseImage base;
  private final Digest key;
  private final LayerFindings findings;
  private PathIndex index;

  BasePaths(BaseImage base, Digest key, LayerFindings findings) {
    this.base = base;
    this.key = key;
    this.findings = findings;
  }

  /** Returns the name of the image. */
  String name() {
    return base.name();
  }

  /** Returns what stands for all paths. */
  Digest key() {
    return key;
  }

  synchronized PathIndex index() throws IOException {
    if (index == null) {
      Optional<PathIndex> known = findings.records().find(KIND, key).flatMap(PathIndex::read);
      index = known.isPresent() ? known.get() : read();
    }
    return index;
  }

  private PathIndex read() throws IOException {
    String text = keep(key, new BaseLayers(base, findings).tree(), findings.records());
    return PathIndex.read(text).orElseThrow();
  }

  /** Keeps the paths of a base image that is read for something else; returns them as a text. */
  static String keep(Digest key, FileSystemTree tree, Records records) {
    String text = PathIndex.text(tree.root());
    records.put(KIND, key, text);
    return text;
  }
}
