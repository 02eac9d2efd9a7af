package io.slimimage.maven;

import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
import io.slimimage.application.Coordinates;
import io.slimimage.application.Dependency;
import io.slimimage.application.DependencyKind;
import io.slimimage.dockerfile.BuilderStage;
import io.slimimage.dockerfile.DockerfileWriter;
import io.slimimage.image.ImagePlan;
import io.slimimage.layer.LayerRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.inject.Inject;
import javax.inject.Named;
import javax.inject.Singleton;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;
import org.apache.maven.toolchain.ToolchainManager;

/** Makes the plan of a build by an engine, from parameters, project and session. */
@Named
@Singleton
final class BuildPlanner {

  /**
   * Pinned: older versions fail in reactors, and Maven's own default is such a one. Left to itself
   * it fetches twice what a build needs, the plugins for sites and deployment above all, one after
   * the other; so it is to name none, and our own goal beside it fetches what {@code package}
   * needs.
   */
  private static final List<String> GO_OFFLINE =
      List.of(
          "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:go-offline",
          "-DexcludeTransitive=true",
          "-DincludeArtifactIds=none");

  private static final String DEFAULT_DOCKERIGNORE = ".dockerignore";

  private final RuntimeDependencies dependencies;
  private final ToolchainManager toolchains;

  @Inject
  BuildPlanner(RuntimeDependencies dependencies, ToolchainManager toolchains) {
    this.dependencies = dependencies;
    this.toolchains = toolchains;
  }

  BuildPlan plan(MavenSession session, MojoExecution self, Parameters given, BuildLog log) {
    MavenProject project = session.getCurrentProject();
    JavaRelease java = JavaRelease.of(session, toolchains, log);
    Configuration configuration = Configuration.of(given, project, java, log);
    Reactor reactor = Reactor.of(session);
    List<Dependency> found =
        dependencies.collect(session).stream().map(RuntimeDependencies.Found::dependency).toList();
    configuration.runtime().reason().ifPresent(log::info);
    Map<String, String> directories =
        ImageDirectories.of(configuration.container(), configuration.runtime().onScratch());
    boolean runtime = configuration.link().isPresent() || !directories.isEmpty();
    List<LayerRole> roles = roles(found, runtime, extra(project, given));
    Coordinates plugin =
        Coordinates.jar(self.getGroupId(), self.getArtifactId(), self.getVersion());
    BuilderSettings settings = new BuilderSettings(session.getSettings(), log);
    settings.refuseSecretRepositories(session.getProjects());
    Optional<String> filtered = settings.filtered();
    return new BuildPlan(
        new ImagePlan(
            configuration.names(),
            configuration.runtime().baseImage(),
            roles,
            configuration.container()),
        reactor,
        new BuildPlan.Builder(
            configuration.builderImage(),
            call(session, configuration, reactor, plugin, filtered.isPresent(), log),
            configuration.flags().wrapper(),
            configuration.flags().test(),
            java.level(),
            goal(plugin, "warm-up")),
        new LayersConfiguration(
            key(project),
            given.mainClass(),
            given.optimizeFor(),
            configuration.created(),
            given.extraDirectory(),
            directories,
            roles.stream().map(LayerRole::directoryName).toList(),
            configuration.link().orElse(null),
            DockerfileWriter.LAYERS),
        filtered,
        localArtifacts(session, plugin, found, log),
        dockerignore(reactor, given.dockerignore()),
        extraDirectory(project, given, reactor),
        configuration.flags().noCache(),
        header(project, plugin));
  }

  private static Map<String, Path> localArtifacts(
      MavenSession session, Coordinates plugin, List<Dependency> dependencies, BuildLog log) {
    Path repository = Path.of(session.getLocalRepository().getBasedir()).toAbsolutePath();
    LocalArtifacts local = new LocalArtifacts(repository, log);
    local.add(plugin);
    local.addInstalled(
        dependencies.stream()
            .filter(dependency -> dependency.kind() == DependencyKind.SNAPSHOT)
            .map(Dependency::coordinates)
            .toList());
    return local.files();
  }

  private static BuilderStage.MavenCall call(
      MavenSession session,
      Configuration configuration,
      Reactor reactor,
      Coordinates plugin,
      boolean settings,
      BuildLog log) {
    MavenProject project = session.getCurrentProject();
    List<Path> poms = reactor.poms().stream().map(reactor.root()::resolve).toList();
    Forwarding forwarding = Forwarding.of(session, poms, configuration.forwarded(), log);
    return new BuilderStage.MavenCall(
        options(reactor, forwarding, settings, project),
        forwarding.warmUpOptions(),
        forwarding.buildOptions(),
        skipTests(session),
        configuration.flags().goOffline() ? warmUp(plugin) : List.of(),
        goal(plugin, "layers"),
        key(project).replace(':', '_'));
  }

  private static String key(MavenProject project) {
    return project.getGroupId() + ":" + project.getArtifactId();
  }

  private static String goal(Coordinates plugin, String goal) {
    return plugin.groupId() + ":" + plugin.artifactId() + ":" + plugin.version() + ":" + goal;
  }

  private static List<String> warmUp(Coordinates plugin) {
    List<String> goals = new ArrayList<>(GO_OFFLINE);
    goals.add(goal(plugin, "warm-up"));
    return goals;
  }

  private static List<String> options(
      Reactor reactor, Forwarding forwarding, boolean settings, MavenProject project) {
    List<String> options = new ArrayList<>();
    if (settings) {
      options.add("-s");
      options.add(DockerfileWriter.SETTINGS);
    }
    if (!reactor.topLevelPom().equals("pom.xml")) {
      options.add("-f");
      options.add(reactor.topLevelPom());
    }
    options.addAll(forwarding.options());
    if (reactor.hasSeveral()) {
      options.add("-pl");
      options.add(key(project));
      options.add("-am");
    }
    return options;
  }

  /** Modules that share test classes need them compiled; elsewhere not even that is done. */
  private static String skipTests(MavenSession session) {
    boolean shared =
        session.getProjects().stream()
            .flatMap(project -> project.getDependencies().stream())
            .anyMatch(d -> "test-jar".equals(d.getType()) || "tests".equals(d.getClassifier()));
    return shared ? "-DskipTests" : "-Dmaven.test.skip=true";
  }

  private static boolean extra(MavenProject project, Parameters given) {
    return Files.isDirectory(project.getBasedir().toPath().resolve(given.extraDirectory()));
  }

  private static Path extraDirectory(MavenProject project, Parameters given, Reactor reactor) {
    Path directory =
        project.getBasedir().toPath().toAbsolutePath().resolve(given.extraDirectory()).normalize();
    if (!reactor.contains(directory)) {
      throw new SlimImageException(
          SlimImageException.advise(
              "'slimimage.extraDirectory' [" + directory + "] is outside of " + reactor.root(),
              "move it into the project, since only that reaches the builder stage"));
    }
    return directory;
  }

  private static List<LayerRole> roles(List<Dependency> found, boolean runtime, boolean extra) {
    List<LayerRole> roles = new ArrayList<>();
    add(roles, LayerRole.RUNTIME, runtime);
    for (DependencyKind kind : DependencyKind.values()) {
      add(roles, LayerRole.of(kind), has(found, kind));
    }
    add(roles, LayerRole.EXTRA, extra);
    add(roles, LayerRole.APPLICATION, true);
    return roles;
  }

  private static void add(List<LayerRole> roles, LayerRole role, boolean wanted) {
    if (wanted) {
      roles.add(role);
    }
  }

  private static boolean has(List<Dependency> found, DependencyKind kind) {
    return found.stream().anyMatch(dependency -> dependency.kind() == kind);
  }

  private static Optional<Path> dockerignore(Reactor reactor, String configured) {
    Path file = reactor.root().resolve(configured);
    if (configured.equals("none") || Files.isRegularFile(file)) {
      return Optional.of(file).filter(Files::isRegularFile);
    }
    if (!configured.equals(DEFAULT_DOCKERIGNORE)) {
      throw new SlimImageException(
          SlimImageException.advise(
              "'slimimage.dockerignore' [" + file + "] does not exist",
              "name a file relative to the root of the reactor, or 'none'"));
    }
    return Optional.empty();
  }

  private static List<String> header(MavenProject project, Coordinates plugin) {
    return List.of(
        project.getGroupId() + ":" + project.getArtifactId() + ":" + project.getVersion(),
        "Written by " + plugin.artifactId() + " " + plugin.version() + "; changes are lost.");
  }
}
