package io.slimimage.maven;

import io.slimimage.BuildLog;
import io.slimimage.docker.EngineEnvironment;
import io.slimimage.output.PushableImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.inject.Inject;
import javax.inject.Provider;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Builds the image.
 *
 * <p>A Docker Engine compiles the application from its sources in a builder stage, and the image
 * gets nothing of that stage but its layers; the host's own lifecycle is not needed for that. The
 * embedded engine puts the image together from what this Maven run has packaged; called without a
 * lifecycle, the goal runs the phases up to {@code package} first. So it works on a clean checkout,
 * for a module and for a reactor, with both engines.
 *
 * @since 0.1.0
 */
@Mojo(name = "build", defaultPhase = LifecyclePhase.PACKAGE, threadSafe = true)
public class BuildMojo extends AbstractSlimImageMojo {

  private final ModuleCheck moduleCheck;
  private final Provider<BuildPlanner> planner;
  private final Provider<EngineBuilds> engineBuilds;
  private final Provider<EmbeddedBuilds> embeddedBuilds;
  private final Provider<RegistryAccess> access;

  /** Gets what Maven injects; what belongs to one of the engines only when that one is used. */
  @Inject
  BuildMojo(
      ModuleCheck moduleCheck,
      Provider<BuildPlanner> planner,
      Provider<EngineBuilds> engineBuilds,
      Provider<EmbeddedBuilds> embeddedBuilds,
      Provider<RegistryAccess> access) {
    this.moduleCheck = moduleCheck;
    this.planner = planner;
    this.engineBuilds = engineBuilds;
    this.embeddedBuilds = embeddedBuilds;
    this.access = access;
  }

  /** What is done with an image once it is built. */
  @FunctionalInterface
  private interface Push {
    /** Where there is nothing to push. */
    Push NONE = () -> {};

    void run() throws IOException;
  }

  @Override
  void run() throws IOException, MojoExecutionException, MojoFailureException {
    BuildLog log = log();
    if (isInBuilder()) {
      log.debug("This is the builder stage, which 'layers' completes: nothing to build");
      return;
    }
    BuildOutputs outputs = new BuildOutputs(outputDirectory());
    outputs.clear();
    Parameters given = parameters();
    // The layers of a base may come only when they are pushed.
    try (LazyRegistries registries = new LazyRegistries(access, session(), given, log)) {
      Push push;
      try {
        push = build(given, registries, outputs, log);
      } catch (Throwable failure) {
        withdrawImage(outputs, failure);
        throw failure;
      }
      // An image that a registry refuses is built nevertheless: the goal 'push' tries it again.
      push.run();
    }
  }

  private static void withdrawImage(BuildOutputs outputs, Throwable failure) {
    try {
      outputs.withdrawImage();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private Push build(
      Parameters given, LazyRegistries registries, BuildOutputs outputs, BuildLog log)
      throws IOException, MojoExecutionException, MojoFailureException {
    boolean application = moduleCheck.isApplication(session(), given.mainClass(), log);
    if (!application) {
      // Of an application that this module has been.
      outputs.withdrawImage();
      if (project().getPackaging().equals("pom")) {
        return Push.NONE;
      }
    }
    if (application && given.output().push()) {
      Problems problems = new Problems();
      PushCheck.check(session(), given, problems);
      problems.throwIfAny();
    }
    if (!EngineChoice.isEmbedded(session(), given, EngineEnvironment.ofProcess(), log)) {
      return application ? buildByEngine(given, registries, outputs, log) : Push.NONE;
    }
    if (application) {
      return buildHere(given, registries, outputs, log);
    }
    embeddedBuilds.get().packageLibrary(session(), mojoExecution(), log);
    return Push.NONE;
  }

  private Push buildByEngine(
      Parameters given, LazyRegistries registries, BuildOutputs outputs, BuildLog log)
      throws IOException {
    BuildPlan plan = planner.get().plan(session(), mojoExecution(), given, log);
    plan.warnings().forEach(log::warn);
    outputs.clearImage();
    BuildResult result = engineBuilds.get().build(plan, given, registries, outputs, log);
    outputs.write(result);
    outputs.publish(result, project().getProperties());
    BuildSummary.log(result, log);
    return pushing(
        given,
        () ->
            pushes(given, registries, outputs, log)
                .pushByEngine(result.image().id(), plan.image().references()));
  }

  private Push buildHere(
      Parameters given, LazyRegistries registries, BuildOutputs outputs, BuildLog log)
      throws IOException, MojoExecutionException, MojoFailureException {
    EmbeddedResult result =
        embeddedBuilds.get().build(session(), mojoExecution(), given, registries, outputs, log);
    outputs.write(result);
    outputs.publish(result, project().getProperties());
    EmbeddedReport.log(result, log);
    return pushing(
        given,
        () -> {
          PushableImage image = PushableImage.of(result.named()).onBase(result.baseLayers());
          pushes(given, registries, outputs, log).push(image, result.named().references());
        });
  }

  private ImagePushes pushes(
      Parameters given, LazyRegistries registries, BuildOutputs outputs, BuildLog log) {
    Path cache = HostRuntime.cache(given.runtime().cache());
    return new ImagePushes(session(), cache, registries, outputs, log);
  }

  private static Push pushing(Parameters given, Push push) {
    return given.output().push() ? push : Push.NONE;
  }
}
