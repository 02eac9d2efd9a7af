package io.slimimage.docker;

import java.util.Map;

/**
 * What a registry got of an image that an engine has pushed.
 *
 * @param digest of the manifest, {@code sha256:…}
 * @param layers whether each layer had to be sent, by the beginning of its digest or diff ID in
 *     hexadecimal; those alone that the engine tells of
 */
public record PushedImage(String digest, Map<String, Boolean> layers) {

  /** Copies the map. */
  public PushedImage {
    layers = Map.copyOf(layers);
  }
}
