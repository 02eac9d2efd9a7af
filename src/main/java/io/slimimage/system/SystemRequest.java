package io.slimimage.system;

import io.slimimage.modules.RuntimeFeature;
import io.slimimage.modules.ScannedJar;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Which system files an image needs.
 *
 * @param host the root of the system that has the libraries, {@code /} unless in a test
 * @param jdk the home of the JDK that the runtime is linked from, which may belong to a package
 * @param runtime the directory of the linked runtime
 * @param jars the class path, which may have native code inside
 * @param extra a directory with the project's own files for the image, which may be native code;
 *     need not exist
 * @param features what else of a Java runtime the application needs
 * @param base what the base image has already
 * @param user the container's user, as uid and where wanted {@code :gid}
 * @param home the home of that user, without a slash in front; empty where it has none
 */
public record SystemRequest(
    Path host,
    Path jdk,
    Path runtime,
    List<ScannedJar> jars,
    Path extra,
    Set<RuntimeFeature> features,
    BaseSystem base,
    String user,
    String home) {

  /** Copies the collections and checks that nothing is null. */
  public SystemRequest {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(jdk, "jdk");
    Objects.requireNonNull(runtime, "runtime");
    jars = List.copyOf(jars);
    Objects.requireNonNull(extra, "extra");
    features = Set.copyOf(features);
    Objects.requireNonNull(base, "base");
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(home, "home");
  }
}
