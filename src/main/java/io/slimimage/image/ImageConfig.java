package io.slimimage.image;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a container of the image is started: the part of the OCI image configuration that a user
 * sets.
 *
 * @param user {@code user}, {@code uid}, {@code user:group} or {@code uid:gid}; empty inherits the
 *     base image's
 * @param ports exposed ports, such as {@code 8080/tcp}
 * @param env environment variables, in the order in which they were configured
 * @param labels labels of the image
 * @param volumes absolute paths of mount points
 * @param workingDirectory absolute path; empty inherits the base image's
 * @param entrypoint the start command in exec form
 * @param args default arguments, appended to the entrypoint
 * @param healthcheck the health check, or null for the base image's
 * @param stopSignal such as {@code SIGTERM}; empty inherits the base image's
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/config.md">OCI image
 *     configuration</a>
 */
public record ImageConfig(
    String user,
    List<String> ports,
    Map<String, String> env,
    Map<String, String> labels,
    List<String> volumes,
    String workingDirectory,
    List<String> entrypoint,
    List<String> args,
    Healthcheck healthcheck,
    String stopSignal) {

  /** Copies the collections; maps keep their order. */
  public ImageConfig {
    ports = List.copyOf(ports);
    env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    volumes = List.copyOf(volumes);
    entrypoint = List.copyOf(entrypoint);
    args = List.copyOf(args);
  }
}
