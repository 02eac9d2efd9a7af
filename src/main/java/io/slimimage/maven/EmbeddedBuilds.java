package io.slimimage.maven;

import io.slimimage.BuildLog;
import io.slimimage.base.BaseRegistries;
import java.io.IOException;
import javax.inject.Inject;
import javax.inject.Named;
import javax.inject.Singleton;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;
import org.apache.maven.toolchain.ToolchainManager;

/** Builds images in this JVM, from what Maven packages in this run. */
@Named
@Singleton
final class EmbeddedBuilds {

  private final PackagePhase packagePhase;
  private final LayerAssembly assembly;
  private final ToolchainManager toolchains;

  @Inject
  EmbeddedBuilds(PackagePhase packagePhase, LayerAssembly assembly, ToolchainManager toolchains) {
    this.packagePhase = packagePhase;
    this.assembly = assembly;
    this.toolchains = toolchains;
  }

  /** Packages a module that is no application, since others of the reactor need its jar. */
  void packageLibrary(MavenSession session, MojoExecution self, BuildLog log)
      throws MojoExecutionException, MojoFailureException {
    if (session.getProjects().size() > 1) {
      packagePhase.reach(session, self, log);
    }
  }

  EmbeddedResult build(
      MavenSession session,
      MojoExecution self,
      Parameters given,
      LazyRegistries registries,
      BuildOutputs outputs,
      BuildLog log)
      throws IOException, MojoExecutionException, MojoFailureException {
    MavenProject project = session.getCurrentProject();
    Phases phases = new Phases(log);
    // Before the compiler takes its time.
    EmbeddedConfiguration configuration =
        EmbeddedConfiguration.of(given, project, JavaRelease.of(session, toolchains, log), log);
    configuration.runtime().reason().ifPresent(log::info);
    configuration
        .warnings(project.getBasedir().toPath().resolve(given.extraDirectory()))
        .forEach(log::warn);
    phases.end("configuration");
    packagePhase.reach(session, self, log);
    phases = new Phases(log);
    BaseRegistries bases = new BaseRegistries(registries, registries.offline());
    try (EmbeddedBuild build = new EmbeddedBuild(configuration, outputs, bases, phases, log)) {
      return build.run(
          (earlier, base) ->
              assembly.sources(
                  session,
                  LayerAssembly.packagedJar(project, "build"),
                  configuration.layers(base),
                  earlier,
                  log));
    }
  }
}
