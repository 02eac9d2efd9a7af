package io.slimimage.maven;

import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
import io.slimimage.credentials.CredentialChain;
import io.slimimage.credentials.CredentialSource;
import io.slimimage.docker.BuildCancellation;
import io.slimimage.docker.BuildFailedException;
import io.slimimage.docker.BuildRequest;
import io.slimimage.docker.DockerEngine;
import io.slimimage.docker.EngineBuilder;
import io.slimimage.docker.EngineEnvironment;
import io.slimimage.docker.EngineLocator;
import io.slimimage.docker.PullProgress;
import io.slimimage.dockerfile.ContextLayout;
import io.slimimage.dockerfile.DockerIgnore;
import io.slimimage.dockerfile.DockerfileWriter;
import io.slimimage.dockerfile.ProjectContext;
import io.slimimage.image.ImageReference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

  private static final String DOCKERFILE = "Dockerfile";
  private static final String PROJECT = "project";

  private final SettingsCredentials settingsCredentials;

  @Inject
  EngineBuilds(SettingsCredentials settingsCredentials) {
    this.settingsCredentials = settingsCredentials;
  }

  BuildResult build(
      MavenSession session, BuildPlan plan, Parameters given, BuildOutputs outputs, BuildLog log)
      throws IOException {
    Instant start = Instant.now();
    try (DockerEngine engine =
        new EngineLocator(EngineEnvironment.ofProcess(), EngineLocator.DEFAULT_TIMEOUT, log)
            .connect()) {
      boolean buildKit = buildKit(engine, given.docker().builder());
      String builder = engine.info() + (buildKit ? ", BuildKit" : ", classic builder");
      log.info("Building with " + builder);
      String dockerfile = plan.dockerfile(ContextLayout.STREAMED, buildKit);
      ProjectContext context = context(plan, dockerfile, log);
      log.debug("Build context: " + context.statistics().summary());
      outputs.writeDockerfile(dockerfile);
      pullBases(engine, session, plan, log);
      StepLog steps = new StepLog(log);
      String id = run(engine, plan, given, buildKit, context, steps, log);
      return new BuildResult(
          plan,
          given.target(),
          engine.inspect(id),
          builder,
          steps.statistics(),
          Duration.between(start, Instant.now()));
    }
  }

  private static boolean buildKit(DockerEngine engine, String configured) {
    return switch (configured == null ? "auto" : configured) {
      case "classic" -> false;
      case "buildkit" -> true;
      default -> engine.info().supportsBuildKit();
    };
  }

  private static String run(
      DockerEngine engine,
      BuildPlan plan,
      Parameters given,
      boolean buildKit,
      ProjectContext context,
      StepLog steps,
      BuildLog log) {
    BuildCancellation cancellation = new BuildCancellation();
    Thread hook = new Thread(cancellation, "slimimage-cancel");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return engine.build(request(plan, given, buildKit, Map.of()), context, steps, cancellation);
    } catch (BuildFailedException e) {
      if (!isWarmUp(e)) {
        throw BuilderFailure.explain(stage(e), steps.lastLines(), e);
      }
      SlimImageException reason = BuilderFailure.explain("builder", steps.lastLines(), e);
      log.warn("The dependencies could not all be fetched ahead: " + reason.getMessage());
      log.warn("Going on with those that could; the next build tries again");
      return retry(engine, plan, given, buildKit, context, steps, cancellation);
    } finally {
      removeHook(hook);
    }
  }

  private static String retry(
      DockerEngine engine,
      BuildPlan plan,
      Parameters given,
      boolean buildKit,
      ProjectContext context,
      StepLog steps,
      BuildCancellation cancellation) {
    try {
      Map<String, String> lenient = Map.of(DockerfileWriter.WARM_UP_ARGUMENT, "lenient");
      return engine.build(request(plan, given, buildKit, lenient), context, steps, cancellation);
    } catch (BuildFailedException e) {
      throw BuilderFailure.explain(stage(e), steps.lastLines(), e);
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is shutting down already, and the hook is what ended the build.
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isWarmUp(BuildFailedException failure) {
    return failure.step().contains(":go-offline");
  }

  private static String stage(BuildFailedException failure) {
    boolean test = failure.step().contains("[" + DockerfileWriter.TEST + " ");
    boolean testGoal = failure.step().strip().endsWith(" test");
    return test || testGoal ? DockerfileWriter.TEST : DockerfileWriter.BUILDER;
  }

  private static BuildRequest request(
      BuildPlan plan, Parameters given, boolean buildKit, Map<String, String> arguments) {
    boolean image = given.target().equals(DockerfileWriter.RUNTIME);
    List<String> tags =
        image
            ? plan.image().references().stream().map(ImageReference::familiar).toList()
            : List.of();
    return new BuildRequest(
        tags,
        DOCKERFILE,
        given.target(),
        arguments,
        Map.of(),
        given.docker().network(),
        null,
        Boolean.parseBoolean(given.docker().noCache()),
        buildKit ? EngineBuilder.BUILDKIT : EngineBuilder.CLASSIC);
  }

  private static ProjectContext context(BuildPlan plan, String dockerfile, BuildLog log) {
    OwnContext own = new OwnContext(plan);
    Reactor reactor = plan.reactor();
    ProjectContext.Builder context =
        ProjectContext.of(reactor.root(), log)
            .prefix(PROJECT)
            .ignore(own.exclusionRules())
            .require(own.required())
            .extra(
                DOCKERFILE, io.slimimage.blob.Blob.of(dockerfile.getBytes(StandardCharsets.UTF_8)));
    plan.dockerignore().ifPresent(file -> context.ignore(DockerIgnore.read(file)));
    own.partial().forEach(context::only);
    own.files().forEach((path, blob) -> context.extra(ContextLayout.STREAMED.own() + path, blob));
    return context.scan();
  }

  private void pullBases(DockerEngine engine, MavenSession session, BuildPlan plan, BuildLog log) {
    Set<String> images = new TreeSet<>(Set.of(plan.builder().image(), plan.image().baseImage()));
    for (String image : images) {
      if (!engine.hasImage(image)) {
        ImageReference reference = ImageReference.parse(image);
        CredentialSource credentials =
            new CredentialChain(settingsCredentials.sources(session, log), log);
        log.info("Pulling " + reference.familiar());
        engine.pull(reference, credentials.find(reference.registry()), PullProgress.NONE);
      }
    }
  }
}
