package io.slimimage.registry;

/**
 * What has gone over the wire so far.
 *
 * @param requests how many were sent, to registries and for them: to token services, and where a
 *     registry redirects to
 * @param bytesSent of bodies, those of failed attempts too
 * @param bytesReceived of bodies, those of failed attempts too
 */
public record Traffic(long requests, long bytesSent, long bytesReceived) {

  /** Nothing at all. */
  public static final Traffic NONE = new Traffic(0, 0, 0);
}
