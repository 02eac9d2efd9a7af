package io.slimimage.base;

import io.slimimage.image.MediaTypes;
import java.util.Set;

/** What a JSON document of an image is. */
enum DocumentKind {
  /** A list of images, by OCI or Docker. */
  INDEX(MediaTypes.INDEX, MediaTypes.DOCKER_INDEX),
  /** The list of an image's parts. */
  MANIFEST(MediaTypes.MANIFEST, MediaTypes.DOCKER_MANIFEST),
  /** How an image is started, and what its layers are. */
  CONFIG(MediaTypes.CONFIG, MediaTypes.DOCKER_CONFIG);

  private final Set<String> mediaTypes;

  DocumentKind(String... mediaTypes) {
    this.mediaTypes = Set.of(mediaTypes);
  }

  /** Returns whether this is what has the media type. */
  boolean is(String mediaType) {
    return mediaTypes.contains(mediaType);
  }
}
