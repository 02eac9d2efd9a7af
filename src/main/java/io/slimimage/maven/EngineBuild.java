package io.slimimage.maven;

import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
import io.slimimage.blob.Blob;
import io.slimimage.docker.BuildCancellation;
import io.slimimage.docker.BuildCancelledException;
import io.slimimage.docker.BuildFailedException;
import io.slimimage.docker.BuildProgress;
import io.slimimage.docker.BuildRequest;
import io.slimimage.docker.DockerEngine;
import io.slimimage.docker.EngineBuilder;
import io.slimimage.docker.EngineException;
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
import java.util.Optional;
import java.util.UUID;

/** One build by an engine, with what it falls back to when the first try fails. */
final class EngineBuild {

  private static final String DOCKERFILE = "Dockerfile";
  private static final String PROJECT = "project";
  private static final String REPORT_LABEL = "io.slimimage.report";

  /**
   * Not the epoch, which Java cannot tell from the time of a file that does not exist: plugins that
   * copy what is newer than its target would copy nothing.
   */
  private static final Instant TIME = Instant.parse("1980-01-01T00:00:00Z");

  private final DockerEngine engine;
  private final BuildPlan plan;
  private final Parameters given;
  private final BuildOutputs outputs;
  private final BuildLog log;
  private final BuildCancellation cancellation = new BuildCancellation();
  private final StepLog steps;
  private Map<String, String> arguments = Map.of();

  EngineBuild(
      DockerEngine engine, BuildPlan plan, Parameters given, BuildOutputs outputs, BuildLog log) {
    this.engine = engine;
    this.plan = plan;
    this.given = given;
    this.outputs = outputs;
    this.log = log;
    this.steps = new StepLog(log);
  }

  /** Builds; Ctrl-C ends the build in the engine too. */
  BuildResult run() throws IOException {
    Instant start = Instant.now();
    String builder = given.docker().builder() == null ? "auto" : given.docker().builder();
    boolean buildKit =
        builder.equals("buildkit") || builder.equals("auto") && engine.info().supportsBuildKit();
    Thread hook = new Thread(cancellation, "slimimage-cancel");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      String id;
      try {
        id = build(buildKit);
      } catch (BuildFailedException e) {
        // Before any step, so it is not about the application.
        boolean unsuitable = builder.equals("auto") && buildKit && e.step().isEmpty();
        if (!unsuitable) {
          throw e;
        }
        log.warn("BuildKit does not take this build: " + e.getMessage());
        buildKit = false;
        id = build(false);
      }
      Optional<RuntimeReport> runtime = runtimeReport(buildKit);
      // Also where the engine had the stage's result already, and nothing was printed.
      runtime.ifPresent(report -> report.warnings().forEach(log::warn));
      Duration duration = Duration.between(start, Instant.now());
      return new BuildResult(
          plan,
          given.target(),
          engine.inspect(id),
          name(buildKit),
          steps.statistics(),
          runtime,
          duration);
    } finally {
      removeHook(hook);
    }
  }

  /**
   * The builder stage prints what it has linked. Where the engine had its result already, the file
   * with it is copied out of the stage, which is all cached then.
   */
  private Optional<RuntimeReport> runtimeReport(boolean buildKit) throws IOException {
    if (plan.layers().runtime() == null || !given.target().equals(DockerfileWriter.RUNTIME)) {
      return Optional.empty();
    }
    if (steps.runtime().isPresent()) {
      return steps.runtime();
    }
    try {
      ProjectContext context = context(plan.reportDockerfile(ContextLayout.STREAMED, buildKit));
      String id = engine.build(reportRequest(buildKit), context, BuildProgress.NONE, cancellation);
      try {
        return Optional.of(RuntimeReport.parse(engine.readFiles(id, RuntimeReport::readTar)));
      } finally {
        removeReport(id);
      }
    } catch (BuildCancelledException e) {
      throw e;
    } catch (SlimImageException e) {
      log.warn("What the runtime is made of cannot be told: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Costs a few kilobytes where it fails, and is worth no more than that. */
  private void removeReport(String id) {
    try {
      engine.removeImage(id);
    } catch (EngineException e) {
      log.debug("The image with the report stays: " + e.getMessage());
    }
  }

  private String name(boolean buildKit) {
    return engine.info() + (buildKit ? ", BuildKit" : ", classic builder");
  }

  private String build(boolean buildKit) throws IOException {
    log.info("Building with " + name(buildKit));
    String dockerfile = plan.dockerfile(ContextLayout.STREAMED, buildKit);
    ProjectContext context = context(dockerfile);
    log.debug("Build context: " + context.statistics().summary());
    outputs.writeDockerfile(dockerfile);
    log.info(
        "The builder stage compiles the application from its sources"
            + (plan.builder().tested()
                ? " and runs its tests"
                : ", without its tests ('slimimage.builder.test' runs them)"));
    try {
      return engine.build(request(buildKit), context, steps, cancellation);
    } catch (BuildFailedException e) {
      if (!steps.lastLines().contains(DockerfileWriter.WARM_UP_FAILED)) {
        throw explained(e);
      }
      log.warn("Not all could be fetched ahead. " + explained(e).getMessage());
      log.warn("Going on with what could; the next build tries again");
    }
    arguments = Map.of(DockerfileWriter.WARM_UP_ARGUMENT, "lenient");
    try {
      return engine.build(request(buildKit), context, steps, cancellation);
    } catch (BuildFailedException e) {
      throw explained(e);
    }
  }

  private SlimImageException explained(BuildFailedException failure) {
    if (failure.step().isEmpty()) {
      return failure;
    }
    String stage = steps.isTesting() ? DockerfileWriter.TEST : DockerfileWriter.BUILDER;
    return BuilderFailure.explain(stage, steps.lastLines(), failure);
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is shutting down already, and the hook is what ended the build.
      Thread.currentThread().interrupt();
    }
  }

  private BuildRequest request(boolean buildKit) {
    boolean image = given.target().equals(DockerfileWriter.RUNTIME);
    List<String> tags =
        image
            ? plan.image().references().stream().map(ImageReference::familiar).toList()
            : List.of();
    return request(buildKit, given.target(), tags, Map.of(), plan.noCache());
  }

  /**
   * The label makes the image another one than that of a build of the same sources at the same
   * time, which removes its own. Where nothing was to come from the cache, it has just been filled.
   */
  private BuildRequest reportRequest(boolean buildKit) {
    Map<String, String> unique = Map.of(REPORT_LABEL, UUID.randomUUID().toString());
    return request(buildKit, DockerfileWriter.REPORT, List.of(), unique, false);
  }

  private BuildRequest request(
      boolean buildKit,
      String target,
      List<String> tags,
      Map<String, String> labels,
      boolean noCache) {
    return new BuildRequest(
        tags,
        DOCKERFILE,
        target,
        arguments,
        labels,
        given.docker().network(),
        null,
        noCache,
        buildKit ? EngineBuilder.BUILDKIT : EngineBuilder.CLASSIC);
  }

  private ProjectContext context(String dockerfile) {
    OwnContext own = new OwnContext(plan);
    ProjectContext.Builder context =
        ProjectContext.of(plan.reactor().root(), log)
            .prefix(PROJECT)
            .ignore(own.exclusionRules())
            .require(own.required())
            .modifiedAt(TIME)
            .extra(DOCKERFILE, Blob.of(dockerfile.getBytes(StandardCharsets.UTF_8)));
    plan.dockerignore().ifPresent(file -> context.ignore(DockerIgnore.read(file)));
    own.partial().forEach(context::only);
    own.above().forEach((path, file) -> context.extra(PROJECT + "/" + path, file));
    own.files().forEach((path, blob) -> context.extra(ContextLayout.STREAMED.own() + path, blob));
    return context.scan();
  }
}
