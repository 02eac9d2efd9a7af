package io.slimimage.image;

/**
 * Names of the formats that an image is made of.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/media-types.md">OCI media
 *     types</a>
 */
public final class MediaTypes {

  /** An index of images. */
  public static final String INDEX = "application/vnd.oci.image.index.v1+json";

  /** The manifest of one image. */
  public static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

  /** The configuration of one image. */
  public static final String CONFIG = "application/vnd.oci.image.config.v1+json";

  /** An uncompressed layer. */
  public static final String LAYER_TAR = "application/vnd.oci.image.layer.v1.tar";

  /** A layer compressed by gzip. */
  public static final String LAYER_GZIP = LAYER_TAR + "+gzip";

  /** A layer compressed by zstd. */
  public static final String LAYER_ZSTD = LAYER_TAR + "+zstd";

  /** Docker's list of manifests. */
  public static final String DOCKER_INDEX =
      "application/vnd.docker.distribution.manifest.list.v2+json";

  /** Docker's manifest of one image. */
  public static final String DOCKER_MANIFEST =
      "application/vnd.docker.distribution.manifest.v2+json";

  /** Docker's configuration of one image. */
  public static final String DOCKER_CONFIG = "application/vnd.docker.container.image.v1+json";

  /** Docker's layer, compressed by gzip. */
  public static final String DOCKER_LAYER = "application/vnd.docker.image.rootfs.diff.tar.gzip";

  /** Docker's layer, uncompressed. */
  public static final String DOCKER_LAYER_TAR = "application/vnd.docker.image.rootfs.diff.tar";

  /** Docker's layer, compressed by zstd. */
  public static final String DOCKER_LAYER_ZSTD = DOCKER_LAYER_TAR + ".zstd";

  private MediaTypes() {}

  /** Returns OCI's name for the format of a layer, whose bytes are the same by Docker's name. */
  public static String ofOci(String layer) {
    return switch (layer) {
      case DOCKER_LAYER -> LAYER_GZIP;
      case DOCKER_LAYER_TAR -> LAYER_TAR;
      case DOCKER_LAYER_ZSTD -> LAYER_ZSTD;
      default -> layer;
    };
  }

  /** Returns whether a layer of this format can be in an image that is written. */
  static boolean isLayer(String mediaType) {
    return mediaType.equals(LAYER_TAR)
        || mediaType.equals(LAYER_GZIP)
        || mediaType.equals(LAYER_ZSTD);
  }
}
