package io.slimimage.maven;

import io.slimimage.BuildLog;
import io.slimimage.credentials.CredentialSource;
import io.slimimage.docker.DockerEngine;
import io.slimimage.docker.EngineLocator;
import io.slimimage.docker.PullProgress;
import io.slimimage.image.ImageReference;
import io.slimimage.system.ImageSystems;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import javax.inject.Inject;
import javax.inject.Named;
import javax.inject.Singleton;
import org.apache.maven.execution.MavenSession;

/** Builds images by a Docker Engine. */
@Named
@Singleton
final class EngineBuilds {

  private final RegistryAccess access;

  @Inject
  EngineBuilds(RegistryAccess access) {
    this.access = access;
  }

  BuildResult build(
      MavenSession session, BuildPlan plan, Parameters given, BuildOutputs outputs, BuildLog log)
      throws IOException {
    try (DockerEngine engine = EngineLocator.ofProcess(log).connect()) {
      pullBases(engine, plan, access.credentials(session, given, log), log);
      Path cache = HostRuntime.cache(given.runtime().cache());
      ImageSystems systems = new ImageSystems(cache.resolve("images"), log);
      BuildPlan checked = new EngineBases(engine, systems, log).check(plan);
      return new EngineBuild(engine, checked, given, outputs, log).run();
    }
  }

  /** BuildKit cannot authenticate to a registry here, so what it starts from has to be there. */
  private static void pullBases(
      DockerEngine engine, BuildPlan plan, CredentialSource credentials, BuildLog log) {
    Set<String> images = new TreeSet<>(Set.of(plan.builder().image(), plan.image().baseImage()));
    images.remove(RuntimeChoice.SCRATCH);
    for (String image : images) {
      if (!engine.hasImage(image)) {
        ImageReference reference = ImageReference.parse(image);
        log.info("Pulling " + reference.familiar());
        engine.pull(reference, credentials.find(reference.registry()), PullProgress.NONE);
      }
    }
  }
}
