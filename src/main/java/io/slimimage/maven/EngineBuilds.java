package io.slimimage.maven;

import io.slimimage.BuildLog;
import io.slimimage.docker.DockerEngine;
import io.slimimage.docker.EngineLocator;
import io.slimimage.docker.PullProgress;
import io.slimimage.image.ImageReference;
import io.slimimage.system.ImageSystems;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import javax.inject.Named;
import javax.inject.Singleton;

/** Builds images by a Docker Engine. */
@Named
@Singleton
final class EngineBuilds {

  BuildResult build(
      BuildPlan plan,
      Parameters given,
      LazyRegistries registries,
      BuildOutputs outputs,
      BuildLog log)
      throws IOException {
    try (DockerEngine engine = EngineLocator.ofProcess(log).connect()) {
      PlatformChoice.check(given.runtime(), engine.info());
      pullBases(engine, plan, registries, log);
      Path cache = HostRuntime.cache(given.runtime().cache());
      ImageSystems systems = new ImageSystems(cache.resolve("images"), log);
      BuildPlan checked = new EngineBases(engine, systems, log).check(plan);
      return new EngineBuild(engine, checked, given, outputs, log).run();
    }
  }

  /** BuildKit cannot authenticate to a registry here, so what it starts from has to be there. */
  private static void pullBases(
      DockerEngine engine, BuildPlan plan, LazyRegistries registries, BuildLog log) {
    Set<String> images = new TreeSet<>(Set.of(plan.builder().image(), plan.image().baseImage()));
    images.remove(RuntimeChoice.SCRATCH);
    for (String image : images) {
      if (!engine.hasImage(image)) {
        ImageReference reference = ImageReference.parse(image);
        log.info("Pulling " + reference.familiar());
        engine.pull(
            reference, registries.credentials().find(reference.registry()), PullProgress.NONE);
      }
    }
  }
}
