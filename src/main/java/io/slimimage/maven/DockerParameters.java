package io.slimimage.maven;

/** How the Docker Engine builds, as the POM's {@code <docker>} element has it. */
public class DockerParameters {

  /**
   * What of the engine builds: {@code buildkit}, {@code classic}, or {@code auto}, which takes
   * BuildKit where the engine has it, and the classic builder where that fails before any step. The
   * default is {@code auto}.
   */
  private String builder;

  /**
   * The network of the build's steps, such as {@code host}. The default is the engine's own, mostly
   * a bridge.
   */
  private String network;

  /**
   * Whether the engine runs every step again, whatever it has cached; cache mounts stay. The
   * default is {@code false}.
   */
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
