package io.slimimage.docker;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads the file system of an image, or its archive.
 *
 * @param <T> what it makes of it
 */
@FunctionalInterface
public interface ImageReader<T> {

  /**
   * Reads all files.
   *
   * @param tar a tar archive, which the caller closes. Of a file system, as a container would see
   *     it: one entry a path, no whiteouts, owners and modes as in the image; besides the image's
   *     own files there may be empty ones that the engine mounts over, such as {@code etc/hosts}
   */
  T read(InputStream tar) throws IOException;
}
