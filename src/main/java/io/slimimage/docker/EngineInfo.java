package io.slimimage.docker;

import io.slimimage.image.Platform;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an engine says about itself.
 *
 * @param version such as {@code 20.10.24}
 * @param apiVersion the newest API that it speaks, such as {@code 1.41}
 * @param os such as {@code linux}
 * @param architecture such as {@code amd64}
 * @param builderVersion what it prefers for builds, {@code 2} for BuildKit; empty if it says
 *     nothing
 * @param podman whether it is Podman's compatible service
 */
public record EngineInfo(
    String version,
    String apiVersion,
    String os,
    String architecture,
    String builderVersion,
    boolean podman) {

  private static final Pattern API = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})");

  /** BuildKit came with this minor version of API 1. */
  private static final int BUILDKIT_API = 39;

  /** Docker Engine 23 reads zstd. */
  private static final int ZSTD_API = 42;

  /**
   * Returns whether a build by BuildKit can be tried. Engines before 23 have it but do not say so;
   * Podman accepts the same request but builds with Buildah, whose answer is the classic one.
   */
  public boolean supportsBuildKit() {
    if (builderVersion.equals("2")) {
      return true;
    }
    return !podman && !os.equals("windows") && speaks(BUILDKIT_API);
  }

  /** Returns whether the engine can read layers that are compressed by zstd. */
  public boolean supportsZstd() {
    return podman || speaks(ZSTD_API);
  }

  private boolean speaks(int minor) {
    Matcher api = API.matcher(apiVersion);
    return api.matches()
        && (Integer.parseInt(api.group(1)) > 1 || Integer.parseInt(api.group(2)) >= minor);
  }

  /** Returns the platform whose images the engine runs natively. */
  public Platform platform() {
    return new Platform(os, architecture, "");
  }

  /** Returns a name for the log, such as {@code Docker Engine 20.10.24 (API 1.41, linux/amd64)}. */
  @Override
  public String toString() {
    String product = podman ? "Podman" : "Docker Engine";
    return product + " " + version + " (API " + apiVersion + ", " + os + "/" + architecture + ")";
  }
}
