package io.slimimage.maven;

import io.slimimage.dockerfile.BuilderStage;
import io.slimimage.dockerfile.ContextLayout;
import io.slimimage.dockerfile.DockerfileWriter;
import io.slimimage.image.ImagePlan;
import io.slimimage.layer.LayerRole;
import io.slimimage.system.BaseSystem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Everything that the host decides about a build by an engine.
 *
 * @param image the image
 * @param reactor the tree that is compiled
 * @param builder how the builder stage compiles it
 * @param layers the configuration of the goal {@code layers} in that stage
 * @param settings the filtered {@code settings.xml} on one line, where there is anything in it
 * @param localArtifacts files by their path in a repository, which only this machine has
 * @param dockerignore the user's file with the patterns of what stays out of the context
 * @param extra the directory of the module's own files for the image, whether it exists or not
 * @param noCache whether the engine is to ignore what it has cached
 * @param header what the Dockerfile says at its top
 */
record BuildPlan(
    ImagePlan image,
    Reactor reactor,
    Builder builder,
    LayersConfiguration layers,
    Optional<String> settings,
    Map<String, Path> localArtifacts,
    Optional<Path> dockerignore,
    Path extra,
    boolean noCache,
    List<String> header) {

  /**
   * How the builder stage compiles the application.
   *
   * @param image the image with a JDK and Maven
   * @param maven how Maven is called
   * @param wrapper whether the project's own wrapper is called where it has one
   * @param tested whether the application's tests run
   * @param release the feature release that the application's class files are for
   * @param warmUp the goal {@code warm-up}, with its full coordinates
   */
  record Builder(
      String image,
      BuilderStage.MavenCall maven,
      boolean wrapper,
      boolean tested,
      int release,
      String warmUp) {}

  /** Returns the directory of the module's own files for the image, where it exists. */
  Optional<Path> extraDirectory() {
    return image.layers().contains(LayerRole.EXTRA) ? Optional.of(extra) : Optional.empty();
  }

  /**
   * Renders the Dockerfile.
   *
   * @param layout where the context has what
   * @param cacheMount whether the local repository is a cache mount, which needs BuildKit
   */
  String dockerfile(ContextLayout layout, boolean cacheMount) {
    return DockerfileWriter.render(header, stage(layout, cacheMount), image);
  }

  /** Returns what of the container's settings may not work. */
  List<String> warnings() {
    boolean onScratch = image.baseImage().equals(RuntimeChoice.SCRATCH);
    return ContainerReader.warnings(image.config(), onScratch, extra);
  }

  /** Renders the Dockerfile of the report on the linked runtime. */
  String reportDockerfile(ContextLayout layout, boolean cacheMount) {
    return DockerfileWriter.renderReport(stage(layout, cacheMount), image);
  }

  /** Returns the same plan with what was found in the base image. */
  BuildPlan withBase(BaseSystem base) {
    return new BuildPlan(
        image,
        reactor,
        builder,
        layers.withRuntime(layers.runtime().withBase(base)),
        settings,
        localArtifacts,
        dockerignore,
        extra,
        noCache,
        header);
  }

  /** Returns the arguments of the call that links a runtime ahead, where one is linked. */
  private List<String> linkAhead() {
    if (layers.runtime() == null) {
      return List.of();
    }
    LinkAhead link = LinkAhead.of(layers, SourceImports.of(reactor.needed()));
    return List.of("-D" + LinkAhead.PROPERTY + "=" + link.toLine(), builder.warmUp());
  }

  private BuilderStage stage(ContextLayout layout, boolean cacheMount) {
    boolean streamed = layout.equals(ContextLayout.STREAMED);
    List<String> stale =
        streamed
            ? List.of()
            : reactor.buildDirectories().stream()
                .filter(directory -> directory.startsWith(reactor.root()))
                .map(reactor::relative)
                .sorted()
                .toList();
    // A context that is streamed brings along what lies above the root.
    Predicate<Path> reachable = path -> streamed || reactor.contains(path);
    return new BuilderStage(
        builder.image(),
        layout,
        new BuilderStage.Own(
            layers.toLine(),
            cacheMount ? List.of() : linkAhead(),
            settings.orElse(""),
            !localArtifacts.isEmpty()),
        new BuilderStage.Sources(
            reactor.poms(),
            builder.wrapper() && reactor.wrapper().filter(reachable).isPresent(),
            reactor.mavenDirectory().filter(reachable).isPresent(),
            stale),
        builder.maven(),
        cacheMount,
        builder.tested());
  }
}
