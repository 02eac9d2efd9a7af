package io.slimimage.maven;

import io.slimimage.BuildLog;
import java.io.IOException;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Builds the image.
 *
 * <p>A Docker Engine compiles the application from its sources in a builder stage, and the image
 * gets nothing of that stage but its layers. The host's own lifecycle is not needed for that: the
 * goal works on a clean checkout, for a module and for a reactor.
 *
 * @since 0.1.0
 */
@Mojo(name = "build", defaultPhase = LifecyclePhase.PACKAGE, threadSafe = true)
public class BuildMojo extends AbstractSlimImageMojo {

  private final BuildPlanner planner;
  private final ModuleCheck moduleCheck;
  private final EngineBuilds builds;

  /** Gets what Maven injects. */
  @Inject
  BuildMojo(BuildPlanner planner, ModuleCheck moduleCheck, EngineBuilds builds) {
    this.planner = planner;
    this.moduleCheck = moduleCheck;
    this.builds = builds;
  }

  @Override
  void run() throws IOException {
    BuildLog log = log();
    if (isInBuilder()) {
      log.debug("This is the builder stage, which 'layers' completes: nothing to build");
      return;
    }
    BuildOutputs outputs = new BuildOutputs(outputDirectory());
    outputs.clear();
    Parameters given = parameters();
    if (!moduleCheck.isApplication(session(), given.mainClass(), log)) {
      return;
    }
    BuildPlan plan = planner.plan(session(), mojoExecution(), given, log);
    plan.warnings().forEach(log::warn);
    BuildResult result = builds.build(session(), plan, given, outputs, log);
    outputs.write(result);
    outputs.publish(result, project().getProperties());
    BuildSummary.log(result, log);
  }
}
