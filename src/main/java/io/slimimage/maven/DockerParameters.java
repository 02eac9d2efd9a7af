package io.slimimage.maven;

/** How the Docker Engine builds, as the POM's {@code <docker>} element has it. */
public class DockerParameters {

  /** {@code auto}, {@code buildkit} or {@code classic}. */
  private String builder;

  /** The network of the build's steps, such as {@code host} or {@code none}. */
  private String network;

  /** Whether the engine ignores what it has cached. */
  private String noCache;

  String builder() {
    return builder;
  }

  String network() {
    return network;
  }

  String noCache() {
    return noCache;
  }
}
