package io.slimimage.maven;

import io.slimimage.docker.PushedImage;
import io.slimimage.image.ImageReference;
import io.slimimage.output.Pushed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a repository got of an image, from us or from an engine.
 *
 * @param repository registry and path, such as {@code registry.example/team/shop}
 * @param digest of the manifest, {@code sha256:…}
 * @param tags that stand for it now
 * @param bytesSent of blobs and manifests; unknown where an engine sent them
 * @param layers whether each layer had to be sent, by the beginning of its digest or diff ID in
 *     hexadecimal
 */
record PushResult(
    String repository,
    String digest,
    List<String> tags,
    OptionalLong bytesSent,
    Map<String, Boolean> layers) {

  PushResult {
    tags = List.copyOf(tags);
    layers = Map.copyOf(layers);
  }

  static PushResult of(Pushed pushed) {
    Map<String, Boolean> layers = new LinkedHashMap<>();
    pushed.blobs().forEach((blob, how) -> layers.put(blob.hex(), how == Pushed.Transfer.SENT));
    return new PushResult(
        pushed.repository(),
        pushed.digest().toString(),
        pushed.tags(),
        OptionalLong.of(pushed.bytesSent()),
        layers);
  }

  /**
   * Returns what an engine has pushed under several tags; a layer that went along with the first of
   * them is there for the others.
   *
   * @param names of one repository
   */
  static PushResult of(List<ImageReference> names, List<PushedImage> pushed) {
    Map<String, Boolean> layers = new LinkedHashMap<>();
    for (PushedImage image : pushed) {
      image.layers().forEach((layer, sent) -> layers.merge(layer, sent, Boolean::logicalOr));
    }
    return new PushResult(
        names.get(0).canonicalName(),
        pushed.get(0).digest(),
        names.stream().map(ImageReference::tag).toList(),
        OptionalLong.empty(),
        layers);
  }

  /** Returns the name by which everybody gets the same image. */
  String reference() {
    return repository + "@" + digest;
  }

  /**
   * Returns whether a layer had to be sent, where that is known.
   *
   * @param names digest and diff ID of the layer, as far as there are
   */
  Optional<Boolean> sent(List<String> names) {
    return layers.entrySet().stream()
        .filter(layer -> names.stream().anyMatch(it -> hex(it).startsWith(layer.getKey())))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static String hex(String digest) {
    return digest.substring(digest.indexOf(':') + 1);
  }
}
