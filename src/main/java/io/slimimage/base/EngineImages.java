package io.slimimage.base;

import io.slimimage.docker.DockerEngine;
import io.slimimage.docker.ImageReader;
import java.util.regex.Pattern;

/** The images of a Docker Engine. Apart from the rest, which then needs no classes of a client. */
final class EngineImages {

  private static final Pattern BARE_ID = Pattern.compile("[0-9a-f]{64}");

  private final DockerEngine engine;

  EngineImages(DockerEngine engine) {
    this.engine = engine;
  }

  /** Returns the id of an image, {@code sha256:…}. */
  String id(String name, BaseFailures failures) {
    return engine
        .find(name)
        .map(image -> withAlgorithm(image.id()))
        .orElseThrow(
            () ->
                failures.unusable(
                    "is not in the engine at " + engine.address(),
                    "get it by [docker pull " + name + "]"));
  }

  /** Podman leaves it out. */
  static String withAlgorithm(String id) {
    return BARE_ID.matcher(id).matches() ? "sha256:" + id : id;
  }

  /** Reads the archive of an image. */
  <T> T save(String id, ImageReader<T> reader) {
    return engine.save(id, reader);
  }
}
