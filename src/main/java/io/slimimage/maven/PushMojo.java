package io.slimimage.maven;

import io.slimimage.BuildLog;
import io.slimimage.image.ImageReference;
import java.io.IOException;
import java.util.List;
import javax.inject.Inject;
import javax.inject.Provider;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Pushes the image that {@code build} has made to the registry of its name, under all its tags.
 *
 * <p>A Docker Engine pushes what it has built; what the embedded engine has put together is pushed
 * from {@code target/slimimage/image}, and needs no engine. Nothing is built here.
 *
 * @since 0.1.0
 */
@Mojo(name = "push", defaultPhase = LifecyclePhase.DEPLOY, threadSafe = true)
public class PushMojo extends AbstractSlimImageMojo {

  private final ModuleCheck moduleCheck;
  private final Provider<RegistryAccess> access;

  /** Gets what Maven injects. */
  @Inject
  PushMojo(ModuleCheck moduleCheck, Provider<RegistryAccess> access) {
    this.moduleCheck = moduleCheck;
    this.access = access;
  }

  @Override
  void run() throws IOException {
    BuildLog log = log();
    Parameters given = parameters();
    if (isInBuilder() || !moduleCheck.isApplication(session(), given.mainClass(), log)) {
      return;
    }
    Problems problems = new Problems();
    PushCheck.check(session(), given, problems);
    List<ImageReference> names = ImageNames.of(given, project(), problems);
    RegistryConfiguration.of(given, project().getBasedir().toPath(), problems);
    problems.throwIfAny();
    try (LazyRegistries registries = new LazyRegistries(access, session(), given, log)) {
      new ImagePushes(
              session(),
              HostRuntime.cache(given.runtime().cache()),
              registries,
              new BuildOutputs(outputDirectory()),
              log)
          .pushBuilt(names);
    }
  }
}
