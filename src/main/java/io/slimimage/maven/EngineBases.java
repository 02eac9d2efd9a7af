package io.slimimage.maven;

import io.slimimage.BuildLog;
import io.slimimage.docker.DockerEngine;
import io.slimimage.docker.EngineException;
import io.slimimage.docker.EngineImage;
import io.slimimage.image.ImageConfig;
import io.slimimage.system.BaseCheck;
import io.slimimage.system.ImageSystem;
import io.slimimage.system.ImageSystems;
import java.util.HashMap;
import java.util.Map;

/** Looks into the images that a build starts from, for what would fail only after it. */
final class EngineBases {

  private final DockerEngine engine;
  private final ImageSystems systems;
  private final BuildLog log;

  /**
   * Opens the images of an engine.
   *
   * @param systems what was found in images before
   */
  EngineBases(DockerEngine engine, ImageSystems systems, BuildLog log) {
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
    ImageConfig container = plan.image().config();
    if (name.equals(RuntimeChoice.SCRATCH)) {
      // All comes from the builder image then, where the goal 'layers' finds out itself.
      return plan;
    }
    if (plan.layers().runtime() != null) {
      BaseCheck.Image base = image(name, container.env());
      BaseCheck.Image builder = image(plan.builder().image(), Map.of());
      return plan.withBase(BaseCheck.forLinkedRuntime(builder, base, log).named(name));
    }
    // With an entrypoint of the user's own, only the user knows its ways to Java.
    if (container.entrypoint().get(0).equals("java")) {
      checkJava(name, container.env(), plan.builder().release());
    }
    return plan;
  }

  /** The build needs nothing of the answer, so it goes on where the engine gives none. */
  private void checkJava(String name, Map<String, String> env, int release) {
    BaseCheck.Image base;
    try {
      base = image(name, env);
    } catch (EngineException e) {
      log.warn(
          "Whether base image ["
              + name
              + "] has a Java for this application cannot be told: "
              + e.getMessage());
      return;
    }
    BaseCheck.forInstalledJava(base, release, log);
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
