package io.slimimage.output;

import io.slimimage.blob.Blob;
import io.slimimage.image.ImageLayer;
import io.slimimage.image.LayerFormat;
import io.slimimage.image.MediaTypes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The tar of a layer that is kept compressed by zstd; nothing of it is held in memory. */
record UncompressedLayer(ImageLayer layer, long size) implements Blob {

  /** Prepares the tar; to learn its size the layer is read once. */
  static UncompressedLayer of(ImageLayer layer) throws IOException {
    try (InputStream in = open(layer)) {
      return new UncompressedLayer(layer, in.transferTo(OutputStream.nullOutputStream()));
    }
  }

  static boolean isZstd(ImageLayer layer) {
    return layer.descriptor().mediaType().equals(MediaTypes.LAYER_ZSTD);
  }

  @Override
  public InputStream open() throws IOException {
    return open(layer);
  }

  private static InputStream open(ImageLayer layer) throws IOException {
    return LayerFormat.ZSTD.decompress(layer.content().open());
  }
}
