package io.slimimage.maven;

import io.slimimage.docker.EngineImage;
import io.slimimage.docker.EngineLayer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a build by an engine has made.
 *
 * @param plan what was asked for
 * @param target the stage that was built
 * @param image what the engine has now
 * @param engine the engine, in words
 * @param steps how the build went
 * @param runtime what the linked runtime is made of, where one was linked
 * @param total the time of the whole goal
 */
record BuildResult(
    BuildPlan plan,
    String target,
    EngineImage image,
    String engine,
    StepStatistics steps,
    Optional<RuntimeReport> runtime,
    Duration total) {

  /** The role of the base image's layers. */
  static final String BASE = "base";

  /** The role of a layer without any file. */
  static final String EMPTY = "empty";

  /**
   * How the build went.
   *
   * @param contextBytes the size of the context that was sent
   * @param run the number of steps that were run
   * @param cached the number of steps whose result the engine had
   */
  record StepStatistics(long contextBytes, int run, int cached) {}

  /**
   * A layer with what it holds.
   *
   * @param role its role, {@code base} or {@code empty}
   * @param layer what the engine says of it
   */
  record RoleLayer(String role, EngineLayer layer) {}

  /** Returns whether the image itself was built, not one of the stages before it. */
  boolean isImage() {
    return target.equals("runtime");
  }

  /** Returns the name of the image, or its id where a stage without a name was built. */
  String reference() {
    return isImage() ? plan.image().references().get(0).familiar() : image.id();
  }

  /**
   * Returns all layers: ours are the last ones, in the order of the plan. BuildKit adds an empty
   * one for the working directory.
   */
  List<RoleLayer> layers() {
    List<EngineLayer> all = image.layers();
    int end = all.size();
    boolean emptyLast = end > 0 && all.get(end - 1).diffId().equals(EngineLayer.EMPTY);
    if (emptyLast && !plan.image().config().workingDirectory().isEmpty()) {
      end--;
    }
    int ours = isImage() ? Math.min(plan.image().layers().size(), end) : 0;
    List<RoleLayer> layers = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      layers.add(new RoleLayer(role(i - (end - ours), ours), all.get(i)));
    }
    return layers;
  }

  /** Returns the size of what the base image brought, in bytes. */
  long baseSize() {
    return image.size()
        - layers().stream()
            .filter(layer -> !layer.role().equals(BASE))
            .mapToLong(layer -> Math.max(0, layer.layer().size()))
            .sum();
  }

  private String role(int own, int ours) {
    if (own < 0) {
      return BASE;
    }
    return own < ours ? plan.image().layers().get(own).directoryName() : EMPTY;
  }
}
