package io.slimimage.image;

import io.slimimage.blob.Digest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the layers of a build are laid on.
 *
 * @param name what the user calls it, such as {@code scratch} or {@code docker://debian:12-slim}
 * @param platform what it is for
 * @param config its configuration in OCI's or Docker's JSON, with every field that it came with
 * @param layers its layers, the lowest first
 * @param origin which image of a registry it is, where it is one
 */
public record BaseImage(
    String name,
    Platform platform,
    String config,
    List<ImageLayer> layers,
    Optional<Origin> origin) {

  /**
   * Where in a registry an image is.
   *
   * @param image its name; other images of the same registry can share its layers
   * @param digest what the name stood for: that of an index, where the image is in one
   */
  public record Origin(ImageReference image, Digest digest) {
    /** Checks that nothing is null. */
    public Origin {
      Objects.requireNonNull(image, "image");
      Objects.requireNonNull(digest, "digest");
    }

    /**
     * Returns what an image says in its manifest about the one that it is based on. With it, tools
     * find out whether the name stands for a newer one by now.
     *
     * @see <a href="https://github.com/opencontainers/image-spec/blob/main/annotations.md">OCI
     *     annotations</a>
     */
    public Map<String, String> annotations() {
      ImageReference name = image.tag().isEmpty() ? image : image.withTag(image.tag());
      return Map.of(
          "org.opencontainers.image.base.name", name.canonical(),
          "org.opencontainers.image.base.digest", digest.toString());
    }
  }

  /** Copies the list. */
  public BaseImage {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(platform, "platform");
    Objects.requireNonNull(config, "config");
    layers = List.copyOf(layers);
    Objects.requireNonNull(origin, "origin");
  }

  /** Creates an image that is in no registry. */
  public BaseImage(String name, Platform platform, String config, List<ImageLayer> layers) {
    this(name, platform, config, layers, Optional.empty());
  }

  /** Returns the base without anything. */
  public static BaseImage scratch(Platform platform) {
    return new BaseImage("scratch", platform, "{}", List.of());
  }

  /** Returns the same image with its layers kept in another way. */
  public BaseImage withLayers(List<ImageLayer> newLayers) {
    return new BaseImage(name, platform, config, newLayers, origin);
  }

  /** Returns the same image with where it is. */
  public BaseImage withOrigin(Origin newOrigin) {
    return new BaseImage(name, platform, config, layers, Optional.of(newOrigin));
  }
}
