package io.slimimage.maven;

import io.slimimage.BuildLog;
import io.slimimage.ConfigurationException;
import io.slimimage.SlimImageException;
import io.slimimage.base.BaseReference;
import io.slimimage.image.ImageConfig;
import io.slimimage.image.ImageReference;
import io.slimimage.image.Platform;
import io.slimimage.system.BaseSystem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.maven.project.MavenProject;

/**
 * The parameters of a build by the embedded engine, checked and with their defaults.
 *
 * @param names the image's names, the main one first
 * @param runtime which runtime the image gets
 * @param base what the layers are laid on
 * @param platforms what the image is for, in the order of its index
 * @param container how a container starts
 * @param layers how the layers are made
 * @param release the feature release that the application's class files are for
 * @param cache the directory that keeps what later builds can use again
 * @param output where the image goes
 */
record EmbeddedConfiguration(
    List<ImageReference> names,
    RuntimeChoice runtime,
    BaseReference base,
    List<Platform> platforms,
    ImageConfig container,
    LayersConfiguration layers,
    int release,
    Path cache,
    OutputChoice output) {

  /**
   * Checks all parameters.
   *
   * @throws ConfigurationException with every mistake that there is
   */
  static EmbeddedConfiguration of(
      Parameters given, MavenProject project, JavaRelease java, BuildLog log) {
    Problems problems = new Problems();
    Choices.check(given, problems);
    JavaParameters.check(given, problems);
    checkTarget(given, problems);
    Path directory = project.getBasedir().toPath();
    RegistryConfiguration.of(given, directory, problems);
    List<Platform> platforms = PlatformChoice.of(given.runtime(), problems);
    RuntimeChoice wanted = RuntimeChoice.of(given.runtime(), java, problems);
    RuntimeChoice possible = PlatformChoice.check(wanted, platforms, given, java, problems);
    RuntimeChoice choice = HostRuntime.check(possible, given, java, problems);
    BaseReference base =
        problems.check(
            () -> BaseReference.parse(choice.baseImage(), directory), new BaseReference.Scratch());
    RuntimeReader runtime = new RuntimeReader(given.runtime(), choice, problems);
    ImageConfig container = ContainerReader.read(given, project, runtime, problems);
    Path cache = HostRuntime.cache(given.runtime().cache());
    EmbeddedConfiguration configuration =
        new EmbeddedConfiguration(
            ImageNames.of(given, project, problems),
            choice,
            base,
            platforms,
            container,
            LayersConfiguration.ofHost(
                given,
                project,
                ImageDirectories.of(container, choice.onScratch()),
                runtime.read(directory, container, cache.toString(), log),
                problems),
            java.level(),
            cache,
            OutputChoice.of(given.output(), problems));
    problems.throwIfAny();
    return configuration;
  }

  /** Returns how the layers are made for what was found in the base image. */
  LayersConfiguration layers(Optional<BaseSystem> system) {
    return layers.runtime() == null || system.isEmpty()
        ? layers
        : layers.withRuntime(layers.runtime().withBase(system.get()));
  }

  /**
   * Returns what of the container's settings may not work.
   *
   * @param extra the directory of the module's own files for the image
   */
  List<String> warnings(Path extra) {
    return ContainerReader.warnings(container, runtime.onScratch(), extra);
  }

  /** Stages are what an engine builds; here there is the image alone. */
  private static void checkTarget(Parameters given, Problems problems) {
    if (List.of("builder", "test").contains(given.target())) {
      problems.add(
          SlimImageException.advise(
              "'slimimage.target' ["
                  + given.target()
                  + "] is a stage of a build by a Docker Engine, which this is not",
              "remove it, or set 'slimimage.engine' to docker"));
    }
  }
}
