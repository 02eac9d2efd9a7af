package io.slimimage.image;

import java.util.List;
import java.util.Objects;

/**
 * What the layers of a build are laid on.
 *
 * @param name what the user calls it, such as {@code scratch} or {@code docker://debian:12-slim}
 * @param platform what it is for
 * @param config its configuration in OCI's or Docker's JSON, with every field that it came with
 * @param layers its layers, the lowest first
 */
public record BaseImage(String name, Platform platform, String config, List<ImageLayer> layers) {

  /** Copies the list. */
  public BaseImage {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(platform, "platform");
    Objects.requireNonNull(config, "config");
    layers = List.copyOf(layers);
  }

  /** Returns the base without anything. */
  public static BaseImage scratch(Platform platform) {
    return new BaseImage("scratch", platform, "{}", List.of());
  }
}
