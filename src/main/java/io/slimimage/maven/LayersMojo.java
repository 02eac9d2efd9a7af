package io.slimimage.maven;

import io.slimimage.BuildLog;
import io.slimimage.image.ImageConfig;
import io.slimimage.layer.LayerDirectories;
import io.slimimage.layer.LayerDirectories.WrittenLayer;
import io.slimimage.layer.LayerRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.project.MavenProject;
import org.apache.maven.toolchain.ToolchainManager;

/**
 * Writes the layers of the image as directories below {@code target/slimimage/layers}. Called
 * without a lifecycle, it runs the phases up to {@code package} first.
 *
 * <p>The same inputs give the same trees, times included, on any path, day, user and machine.
 *
 * @since 0.1.0
 */
@Mojo(name = "layers", defaultPhase = LifecyclePhase.PACKAGE, threadSafe = true)
public class LayersMojo extends AbstractSlimImageMojo {

  private final PackagePhase packagePhase;
  private final LayerAssembly assembly;
  private final ModuleCheck moduleCheck;
  private final ToolchainManager toolchains;

  /** Gets what Maven injects. */
  @Inject
  LayersMojo(
      PackagePhase packagePhase,
      LayerAssembly assembly,
      ModuleCheck moduleCheck,
      ToolchainManager toolchains) {
    this.packagePhase = packagePhase;
    this.assembly = assembly;
    this.moduleCheck = moduleCheck;
    this.toolchains = toolchains;
  }

  @Override
  void run() throws IOException, MojoExecutionException, MojoFailureException {
    String file = session().getUserProperties().getProperty(LayersConfiguration.PROPERTY);
    if (file == null) {
      runOnHost();
    } else {
      runInBuilder(LayersConfiguration.read(Path.of(file)));
    }
  }

  /** In the builder stage nothing but the host's configuration counts. */
  private void runInBuilder(LayersConfiguration configuration) throws IOException {
    MavenProject project = project();
    if (configuration.module().equals(project.getGroupId() + ":" + project.getArtifactId())) {
      write(configuration, Path.of(configuration.output()));
    }
  }

  private void runOnHost() throws IOException, MojoExecutionException, MojoFailureException {
    BuildLog log = log();
    Parameters given = parameters();
    if (!moduleCheck.isApplication(session(), given.mainClass(), log)) {
      if (!project().getPackaging().equals("pom")) {
        // Other modules of the reactor need its jar.
        packagePhase.reach(session(), mojoExecution(), log);
      }
      return;
    }
    // Before the compiler takes its time.
    LayersConfiguration configuration = configuration(given, log);
    packagePhase.reach(session(), mojoExecution(), log);
    write(configuration, outputDirectory().resolve("layers"));
  }

  private LayersConfiguration configuration(Parameters given, BuildLog log) {
    Problems problems = new Problems();
    Choices.check(given, problems);
    JavaParameters.check(given, problems);
    JavaRelease java = JavaRelease.of(session(), toolchains, log);
    RuntimeChoice choice =
        HostRuntime.check(RuntimeChoice.of(given.runtime(), java, problems), given, java, problems);
    ImageConfig config =
        new ContainerReader(given.container(), problems).read(given.jvmFlags(), Map.of(), Map.of());
    Optional<RuntimeConfiguration> runtime =
        new RuntimeReader(given.runtime(), choice, problems)
            .read(
                project().getBasedir().toPath(),
                config,
                HostRuntime.cache(given.runtime().cache()).toString(),
                log);
    LayersConfiguration configuration =
        LayersConfiguration.ofHost(
            given, project(), ImageDirectories.of(config, choice.onScratch()), runtime, problems);
    problems.throwIfAny();
    choice.reason().ifPresent(log::info);
    return configuration;
  }

  private void write(LayersConfiguration configuration, Path output) throws IOException {
    Path jar = LayerAssembly.packagedJar(project(), "layers");
    LayerAssembly.Assembled assembled = assembly.assemble(session(), jar, configuration, log());
    List<WrittenLayer> written = LayerDirectories.write(assembled.plan(), output);
    Path report = output.resolveSibling(RuntimeReport.FILE);
    Files.deleteIfExists(report);
    if (assembled.runtime().isPresent()) {
      Files.writeString(report, assembled.runtime().get().toLine() + "\n");
      if (isInBuilder()) {
        log().info(RuntimeReport.MARK + assembled.runtime().get().toLine());
      }
    }
    log().info("Wrote the layers to " + output);
    String summary = assembled.runtime().map(runtime -> "  " + runtime.summary()).orElse("");
    for (WrittenLayer layer : written) {
      if (layer.files() > 0) {
        log()
            .info(
                "  %-22s %6d files %12s%s"
                    .formatted(
                        layer.role().directoryName(),
                        layer.files(),
                        Sizes.megabytes(layer.bytes()),
                        layer.role() == LayerRole.RUNTIME ? summary : ""));
      }
    }
  }
}
