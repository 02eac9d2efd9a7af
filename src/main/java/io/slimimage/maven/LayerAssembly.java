package io.slimimage.maven;

import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
import io.slimimage.application.Dependency;
import io.slimimage.application.DependencyKind;
import io.slimimage.application.Libraries;
import io.slimimage.application.Library;
import io.slimimage.application.MainClassFinder;
import io.slimimage.application.PackagedJar;
import io.slimimage.blob.EarlierBuilds;
import io.slimimage.layer.ApplicationLayers;
import io.slimimage.layer.JarForm;
import io.slimimage.layer.Layer;
import io.slimimage.layer.LayerPlan;
import io.slimimage.layer.LayerRole;
import io.slimimage.layer.LayerSource;
import io.slimimage.runtime.RuntimePlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Named;
import javax.inject.Singleton;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;

/** Lays out what Maven has packaged. */
@Named
@Singleton
final class LayerAssembly {

  private final RuntimeDependencies dependencies;
  private final RuntimeAssembly runtimes;

  @Inject
  LayerAssembly(RuntimeDependencies dependencies, RuntimeAssembly runtimes) {
    this.dependencies = dependencies;
    this.runtimes = runtimes;
  }

  /**
   * What was laid out.
   *
   * @param plan the layers
   * @param runtime what the runtime is made of, where it was linked
   */
  record Assembled(LayerPlan plan, Optional<RuntimeReport> runtime) {}

  /**
   * The layers, to be made where no earlier build has made them.
   *
   * @param layers one for each role, in their order
   * @param runtime what the runtime is made of, where it is linked
   * @param originals the libraries as they were published
   */
  record Sources(
      List<LayerSource> layers,
      Optional<RuntimeReport> runtime,
      List<ApplicationLayers.Original> originals) {

    Sources {
      layers = List.copyOf(layers);
      originals = List.copyOf(originals);
    }
  }

  /**
   * Returns the layers of the session's current project.
   *
   * @param file the jar that the project was packaged as
   * @param earlier knows what earlier builds have made
   */
  Sources sources(
      MavenSession session,
      Path file,
      LayersConfiguration configuration,
      EarlierBuilds earlier,
      BuildLog log)
      throws IOException {
    ApplicationLayers layers = layers(session, file, configuration, log);
    List<LayerSource> sources = new ArrayList<>();
    for (Layer layer : layers.plan().layers()) {
      sources.add(LayerSource.of(layer, earlier.digests()));
    }
    if (configuration.runtime() == null) {
      return new Sources(sources, Optional.empty(), layers.originals(earlier));
    }
    RuntimePlan runtime = runtimes.plan(session, layers, configuration, earlier, log);
    sources.set(LayerRole.RUNTIME.ordinal(), runtime);
    return new Sources(sources, Optional.of(RuntimeReport.of(runtime)), layers.originals(earlier));
  }

  /**
   * Returns the layers of the session's current project.
   *
   * @param file the jar that the project was packaged as
   */
  Assembled assemble(
      MavenSession session, Path file, LayersConfiguration configuration, BuildLog log) {
    ApplicationLayers layers = layers(session, file, configuration, log);
    if (configuration.runtime() == null) {
      return new Assembled(layers.plan(), Optional.empty());
    }
    RuntimeAssembly.Linked linked = runtimes.assemble(session, layers, configuration, log);
    return new Assembled(layers.withRuntime(linked.entries()).plan(), Optional.of(linked.report()));
  }

  /**
   * Returns the jar that Maven has packaged.
   *
   * @param goal the goal that needs it
   * @throws SlimImageException if the goal runs too early
   */
  static Path packagedJar(MavenProject project, String goal) {
    if (project.getArtifact().getFile() == null) {
      throw new SlimImageException(
          SlimImageException.advise(
              project.getArtifactId() + " has not been packaged when '" + goal + "' runs",
              "bind the goal to the phase 'package' or a later one"));
    }
    return project.getArtifact().getFile().toPath();
  }

  private ApplicationLayers layers(
      MavenSession session, Path file, LayersConfiguration configuration, BuildLog log) {
    MavenProject project = session.getCurrentProject();
    PackagedJar jar = PackagedJar.open(file);
    Map<Dependency, Path> files = new LinkedHashMap<>();
    dependencies.resolve(session).forEach(found -> files.put(found.dependency(), found.file()));
    return new ApplicationLayers(
        project.getArtifactId(),
        jar,
        placed(Libraries.of(jar, files), configuration.layers()),
        mainClass(jar, configuration.mainClass(), log),
        project.getBasedir().toPath().resolve(configuration.extraDirectory()),
        List.copyOf(ImageDirectories.entries(configuration.directories())),
        configuration.optimizeFor().equals("disk") ? JarForm.ORIGINAL : JarForm.STORED,
        Instant.ofEpochSecond(configuration.created()));
  }

  /**
   * Moves libraries to a layer that the image has. The host counts the layers from the dependency
   * graph alone, so what packaging adds to it must not get lost.
   */
  private static List<Library> placed(List<Library> libraries, List<String> layers) {
    List<DependencyKind> available =
        java.util.Arrays.stream(DependencyKind.values())
            .filter(kind -> layers.contains(LayerRole.of(kind).directoryName()))
            .toList();
    return libraries.stream()
        .map(
            library -> {
              if (available.contains(library.kind())) {
                return library;
              }
              if (available.isEmpty()) {
                throw new SlimImageException(
                    SlimImageException.advise(
                        "The packaged jar has the library ["
                            + library.fileName()
                            + "], but the project's dependencies have none",
                        "declare it as a dependency of the project"));
              }
              return new Library(library.fileName(), available.get(0), library.content());
            })
        .toList();
  }

  private static String mainClass(PackagedJar jar, String configured, BuildLog log) {
    if (configured != null && !configured.isBlank()) {
      return configured.strip();
    }
    Optional<String> named = jar.mainClass();
    if (named.isPresent()) {
      return named.get();
    }
    MainClassFinder.Result found = MainClassFinder.find(jar);
    if (!found.unreadable().isEmpty()) {
      log.warn(
          "Not searched for a main method, since they are damaged or newer than this plugin knows: "
              + String.join(", ", found.unreadable()));
    }
    if (found.mainClasses().size() == 1) {
      log.info("Main class: " + found.mainClasses().get(0));
      return found.mainClasses().get(0);
    }
    if (found.mainClasses().isEmpty()) {
      throw new SlimImageException(
          SlimImageException.advise(
              "No class in " + jar.file().getFileName() + " has a main method",
              "set 'slimimage.mainClass' to the class that starts the application"));
    }
    throw new SlimImageException(
        SlimImageException.advise(
            "Several classes have a main method: " + String.join(", ", found.mainClasses()),
            "set 'slimimage.mainClass' to one of them"));
  }
}
