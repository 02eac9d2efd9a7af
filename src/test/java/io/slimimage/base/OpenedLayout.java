package io.slimimage.base;

import io.slimimage.image.BaseImage;
import io.slimimage.image.Platform;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test with a layout to write, to open as a base image and to look into. */
abstract class OpenedLayout {

  @TempDir Path directory;

  final TestLayout layout = new TestLayout();
  TestBases bases;

  @BeforeEach
  void createCache() {
    bases = new TestBases(directory);
  }

  String message(String tag) {
    return "Base image [oci://"
        + directory.resolve("layout")
        + (tag.isEmpty() ? "" : ":" + tag)
        + "]";
  }

  static String contentOf(BaseImage base) throws IOException {
    return LayeredBase.files(base).toString();
  }

  BaseImage open(String tag, Platform platform) throws IOException {
    layout.write(directory.resolve("layout"));
    return reopen(tag, platform);
  }

  BaseImage reopen(String tag, Platform platform) throws IOException {
    return bases.open(new BaseReference.Layout(directory.resolve("layout"), tag), platform);
  }
}
