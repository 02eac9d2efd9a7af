package io.slimimage.base;

import io.slimimage.SlimImageException;
import io.slimimage.blob.Blob;
import io.slimimage.blob.Digest;
import io.slimimage.image.BaseImage;
import io.slimimage.image.Descriptor;
import io.slimimage.image.ImageLayer;
import io.slimimage.image.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A base image as later builds find it again: a line for each layer with media type, digest, size
 * and diff ID, an empty line, and the configuration as it is.
 */
final class BaseRecord {

  private static final String END = "\n";

  private BaseRecord() {}

  /** Knows what the layers hold. */
  @FunctionalInterface
  interface Contents {
    /**
     * Returns what a layer holds, or nothing where it cannot be had.
     *
     * @param number of the layer, from 1
     */
    Optional<? extends Blob> of(Descriptor layer, Digest diffId, int number) throws IOException;
  }

  static String text(BaseImage image) {
    StringBuilder text = new StringBuilder();
    for (ImageLayer layer : image.layers()) {
      Descriptor descriptor = layer.descriptor();
      text.append(descriptor.mediaType()).append(' ').append(descriptor.digest()).append(' ');
      text.append(descriptor.size()).append(' ').append(layer.diffId()).append(END);
    }
    return text.append(END).append(image.config()).toString();
  }

  /**
   * Returns the image, if all its layers can still be had.
   *
   * @param name what the user calls it now
   */
  static Optional<BaseImage> parse(String text, String name, Platform platform, Contents contents)
      throws IOException {
    List<ImageLayer> layers = new ArrayList<>();
    int at = 0;
    for (int end = text.indexOf(END); end > at; end = text.indexOf(END, at)) {
      Optional<ImageLayer> layer =
          layer(text.substring(at, end).split(" "), layers.size() + 1, contents);
      if (layer.isEmpty()) {
        return Optional.empty();
      }
      layers.add(layer.get());
      at = end + 1;
    }
    return text.startsWith(END, at)
        ? Optional.of(new BaseImage(name, platform, text.substring(at + 1), layers))
        : Optional.empty();
  }

  private static Optional<ImageLayer> layer(String[] words, int number, Contents contents)
      throws IOException {
    Descriptor descriptor;
    Digest diffId;
    try {
      descriptor = new Descriptor(words[0], Digest.parse(words[1]), Long.parseLong(words[2]));
      diffId = Digest.parse(words[3]);
    } catch (SlimImageException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
      // Of another version of this plugin.
      return Optional.empty();
    }
    return contents
        .of(descriptor, diffId, number)
        .map(content -> new ImageLayer(descriptor, diffId, content));
  }
}
