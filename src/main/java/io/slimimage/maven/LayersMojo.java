package io.slimimage.maven;

import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
import io.slimimage.image.ImageConfig;
import io.slimimage.layer.LayerDirectories;
import io.slimimage.layer.LayerDirectories.WrittenLayer;
import io.slimimage.layer.LayerRole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.project.MavenProject;

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
  private final ModuleCheck modules;

  /** Gets what Maven injects. */
  @Inject
  LayersMojo(PackagePhase packagePhase, LayerAssembly assembly, ModuleCheck modules) {
    this.packagePhase = packagePhase;
    this.assembly = assembly;
    this.modules = modules;
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
  private void runInBuilder(LayersConfiguration configuration) {
    MavenProject project = project();
    if (configuration.module().equals(project.getGroupId() + ":" + project.getArtifactId())) {
      write(configuration, Path.of(configuration.output()));
    }
  }

  private void runOnHost() throws IOException, MojoExecutionException, MojoFailureException {
    BuildLog log = log();
    Parameters given = parameters();
    LayersConfiguration configuration = configuration(given);
    boolean application = modules.isApplication(session(), given.mainClass(), log);
    if (!application && project().getPackaging().equals("pom")) {
      return;
    }
    // Also for a library, since other modules of the reactor need its jar.
    packagePhase.reach(session(), mojoExecution(), log);
    if (application) {
      write(configuration, outputDirectory().resolve("layers"));
    }
  }

  private LayersConfiguration configuration(Parameters given) {
    Problems problems = new Problems();
    Choices.check(given, problems);
    JavaParameters.check(given, problems);
    ImageConfig config = new ContainerReader(given.container(), problems).read(List.of(), Map.of());
    long created =
        new ParameterValues(problems).created(given.created(), project().getProperties());
    problems.throwIfAny();
    return new LayersConfiguration(
        project().getGroupId() + ":" + project().getArtifactId(),
        given.mainClass(),
        given.optimizeFor(),
        created,
        given.extraDirectory(),
        ImageDirectories.of(config),
        Arrays.stream(LayerRole.values()).map(LayerRole::directoryName).toList(),
        "");
  }

  private void write(LayersConfiguration configuration, Path output) {
    Path jar =
        project().getArtifact().getFile() == null
            ? null
            : project().getArtifact().getFile().toPath();
    if (jar == null) {
      throw new SlimImageException(
          SlimImageException.advise(
              project().getArtifactId() + " has not been packaged when 'layers' runs",
              "bind the goal to the phase 'package' or a later one"));
    }
    List<WrittenLayer> written =
        LayerDirectories.write(assembly.plan(session(), jar, configuration, log()), output);
    log().info("Wrote the layers to " + output);
    for (WrittenLayer layer : written) {
      if (layer.files() > 0) {
        log()
            .info(
                "  %-22s %6d files %12s"
                    .formatted(
                        layer.role().directoryName(),
                        layer.files(),
                        Sizes.megabytes(layer.bytes())));
      }
    }
  }
}
