package io.slimimage.maven;

import io.slimimage.BuildLog;
import io.slimimage.docker.DockerEngine;
import io.slimimage.docker.EngineImage;
import io.slimimage.system.BaseCheck;
import io.slimimage.system.BaseSystem;
import io.slimimage.system.ImageSystem;
import io.slimimage.system.ImageSystems;
import java.util.HashMap;
import java.util.Map;

/** Looks into the images that a build starts from, for what would fail only after it. */
final class BaseImages {

  private final DockerEngine engine;
  private final ImageSystems systems;
  private final BuildLog log;

  /**
   * Opens the images of an engine.
   *
   * @param systems what was found in images before
   */
  BaseImages(DockerEngine engine, ImageSystems systems, BuildLog log) {
    this.engine = engine;
    this.systems = systems;
    this.log = log;
  }

  /**
   * Returns the plan with what the base image has; the images must be in the engine.
   *
   * @throws io.slimimage.ConfigurationException if they do not fit together
   */
  BuildPlan check(BuildPlan plan) {
    String name = plan.image().baseImage();
    boolean linked = plan.layers().runtime() != null;
    if (name.equals(RuntimeChoice.SCRATCH)) {
      // All comes from the builder image then, where the goal 'layers' finds out itself.
      return plan;
    }
    BaseCheck.Image base = image(name, plan.image().config().env());
    if (!linked && !plan.image().config().entrypoint().get(0).equals("java")) {
      // An entrypoint of the user's own, whose ways to Java only the user knows.
      return plan;
    }
    if (!linked) {
      BaseCheck.forInstalledJava(base, plan.builder().release(), log);
      return plan;
    }
    BaseSystem found =
        BaseCheck.forLinkedRuntime(image(plan.builder().image(), Map.of()), base, log);
    return plan.withBase(found.named(name));
  }

  private BaseCheck.Image image(String name, Map<String, String> env) {
    EngineImage image = engine.inspect(name);
    Map<String, String> all = new HashMap<>(image.config().env());
    all.putAll(env);
    ImageSystem system =
        systems.find(image.id(), () -> engine.readFiles(image.id(), ImageSystem::read));
    return new BaseCheck.Image(name, image.platform().toString(), all, system);
  }
}
