package io.slimimage.image;

import io.slimimage.SlimImageException;
import io.slimimage.blob.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;

/** How the tar archive of a layer is kept. Its first bytes tell it. */
public enum LayerFormat {
  /** As it is. */
  TAR(MediaTypes.LAYER_TAR),
  /** Compressed by gzip. */
  GZIP(MediaTypes.LAYER_GZIP, 0x1f, 0x8b),
  /** Compressed by zstd. */
  ZSTD(MediaTypes.LAYER_ZSTD, 0x28, 0xb5, 0x2f, 0xfd);

  /** How many bytes tell the format. */
  public static final int MAGIC = 4;

  private final String mediaType;
  private final byte[] magic;

  LayerFormat(String mediaType, int... magic) {
    this.mediaType = mediaType;
    this.magic = new byte[magic.length];
    for (int i = 0; i < magic.length; i++) {
      this.magic[i] = (byte) magic[i];
    }
  }

  /** Returns the media type in OCI images. */
  public String mediaType() {
    return mediaType;
  }

  /** Returns the format of what begins with these bytes. */
  public static LayerFormat of(byte[] head) {
    for (LayerFormat format : new LayerFormat[] {GZIP, ZSTD}) {
      int length = format.magic.length;
      if (head.length >= length && Arrays.equals(format.magic, 0, length, head, 0, length)) {
        return format;
      }
    }
    return TAR;
  }

  /** Returns the format of the bytes, whatever is said of them. */
  public static LayerFormat of(Blob layer) throws IOException {
    try (InputStream in = layer.open()) {
      return of(in.readNBytes(MAGIC));
    }
  }

  /** Returns the format that OCI or Docker calls so. */
  public static Optional<LayerFormat> of(String mediaType) {
    String oci = MediaTypes.ofOci(mediaType);
    return Arrays.stream(values()).filter(format -> format.mediaType.equals(oci)).findFirst();
  }

  /**
   * Returns the archive; of gzip all members, of zstd all frames.
   *
   * @param in the bytes of the layer; is closed with what is returned
   * @throws SlimImageException if the library for zstd does not work here
   */
  public InputStream decompress(InputStream in) throws IOException {
    return switch (this) {
      case TAR -> in;
      case GZIP -> new GzipCompressorInputStream(in, true);
      case ZSTD -> zstd(in);
    };
  }

  private static InputStream zstd(InputStream in) throws IOException {
    try {
      return new ZstdCompressorInputStream(in);
    } catch (LinkageError e) {
      throw new SlimImageException(
          SlimImageException.advise(
              "Layers with zstd cannot be read on this machine, where its library does not load",
              "use a base image with gzip, or give Java a directory for temporary files in which"
                  + " programs may lie, with -Djava.io.tmpdir"),
          e);
    }
  }
}
