package io.slimimage.maven;

import io.slimimage.BuildLog;
import io.slimimage.SlimImageException;
import io.slimimage.application.Coordinates;
import io.slimimage.application.DependencyKind;
import io.slimimage.dockerfile.BuilderStage;
import io.slimimage.dockerfile.DockerfileWriter;
import io.slimimage.image.ImageConfig;
import io.slimimage.image.ImagePlan;
import io.slimimage.image.ImageReference;
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
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.project.MavenProject;
import org.apache.maven.toolchain.ToolchainManager;

/** Makes the plan of a build by an engine, from parameters, project and session. */
@Named
@Singleton
final class BuildPlanner {

  /**
   * Pinned: older versions fail in reactors, and Maven's own default is such a one. Left to itself
   * it fetches twice what a build needs, the plugins for sites and deployment above all; so it is
   * to name no plugin, and our own goal beside it fetches those that {@code package} runs.
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

  BuildPlan plan(MavenSession session, MojoExecution self, Parameters given, BuildLog log)
      throws MojoExecutionException {
    Problems problems = new Problems();
    MavenProject project = session.getCurrentProject();
    JavaRelease java = JavaRelease.of(session, toolchains, log);
    List<ImageReference> names =
        ImageNames.of(
            given.image(), given.tags(), project.getArtifactId(), project.getVersion(), problems);
    String base = image("baseImage", given.baseImage(), jre(java), problems);
    String builderImage = image("builder.image", given.builder().image(), maven(java), problems);
    ImageConfig config =
        new ContainerReader(given.container(), problems)
            .read(startCommand(given.jvmFlags(), project), PomLabels.of(project));
    Choices.check(given, problems);
    JavaParameters.check(given, problems);
    ParameterValues values = new ParameterValues(problems);
    boolean noCache = values.flag("docker.noCache", given.docker().noCache(), false);
    boolean tested =
        values.flag("builder.test", given.builder().test(), false)
            || given.target().equals(DockerfileWriter.TEST);
    boolean goOffline = values.flag("builder.goOffline", given.builder().goOffline(), true);
    boolean wrapped = values.flag("builder.wrapper", given.builder().wrapper(), true);
    long created = values.created(given.created(), project.getProperties());
    problems.throwIfAny();

    Reactor reactor = Reactor.of(session);
    List<RuntimeDependencies.Found> found = dependencies.collect(session);
    Map<String, String> directories = ImageDirectories.of(config);
    List<LayerRole> roles = roles(found, directories, extra(project, given));
    LocalArtifacts local =
        new LocalArtifacts(
            Path.of(session.getLocalRepository().getBasedir()).toAbsolutePath(), log);
    Coordinates plugin =
        Coordinates.jar(self.getGroupId(), self.getArtifactId(), self.getVersion());
    local.add(plugin);
    local.addInstalled(
        found.stream()
            .map(RuntimeDependencies.Found::dependency)
            .filter(dependency -> dependency.kind() == DependencyKind.SNAPSHOT)
            .map(io.slimimage.application.Dependency::coordinates)
            .toList());
    BuilderSettings settings = new BuilderSettings(session.getSettings(), log);
    settings.refuseSecretRepositories(session.getProjects());
    Optional<String> filtered = settings.filtered();
    Forwarding forwarding =
        Forwarding.of(
            session,
            reactor.poms().stream().map(reactor.root()::resolve).toList(),
            given.builder().properties(),
            log);
    BuilderStage.MavenCall call =
        new BuilderStage.MavenCall(
            options(reactor, forwarding, filtered.isPresent(), project),
            forwarding.warmUpOptions(),
            forwarding.buildOptions(),
            skipTests(session),
            goOffline ? warmUp(plugin) : List.of(),
            goal(plugin, "layers"),
            project.getGroupId() + "_" + project.getArtifactId());
    return new BuildPlan(
        new ImagePlan(names, base, roles, config),
        reactor,
        new BuildPlan.Builder(builderImage, call, wrapped, tested),
        new LayersConfiguration(
            project.getGroupId() + ":" + project.getArtifactId(),
            given.mainClass(),
            given.optimizeFor(),
            created,
            given.extraDirectory(),
            directories,
            roles.stream().map(LayerRole::directoryName).toList(),
            DockerfileWriter.LAYERS),
        filtered,
        local.files(),
        dockerignore(reactor, given.dockerignore()),
        noCache,
        header(project, plugin));
  }

  private static String image(String parameter, String value, String fallback, Problems problems) {
    if (value == null || value.isBlank()) {
      return fallback;
    }
    if (value.strip().equals("scratch")) {
      problems.add(
          parameter, value, "an image with a Java runtime", "name one such as " + fallback);
      return fallback;
    }
    return problems.check(
        () -> {
          ImageReference.parse("'" + ParameterReader.PREFIX + parameter + "'", value.strip());
          return value.strip();
        },
        fallback);
  }

  private static String jre(JavaRelease java) {
    return "eclipse-temurin:" + java.runtime() + "-jre";
  }

  private static String maven(JavaRelease java) {
    return "maven:3.9-eclipse-temurin-" + java.builder();
  }

  private static String goal(Coordinates plugin, String goal) {
    return plugin.groupId() + ":" + plugin.artifactId() + ":" + plugin.version() + ":" + goal;
  }

  private static List<String> warmUp(Coordinates plugin) {
    List<String> goals = new ArrayList<>(GO_OFFLINE);
    goals.add(goal(plugin, "warm-up"));
    return goals;
  }

  private static List<String> startCommand(List<String> jvmFlags, MavenProject project) {
    List<String> command = new ArrayList<>();
    command.add("java");
    command.addAll(jvmFlags);
    command.add("-jar");
    command.add("/app/" + project.getArtifactId() + ".jar");
    return command;
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
      options.add(project.getGroupId() + ":" + project.getArtifactId());
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

  private static List<LayerRole> roles(
      List<RuntimeDependencies.Found> found, Map<String, String> directories, boolean extra) {
    List<LayerRole> roles = new ArrayList<>();
    add(roles, LayerRole.RUNTIME, !directories.isEmpty());
    add(roles, LayerRole.DEPENDENCIES, has(found, DependencyKind.RELEASE));
    add(roles, LayerRole.SNAPSHOT_DEPENDENCIES, has(found, DependencyKind.SNAPSHOT));
    add(roles, LayerRole.MODULES, has(found, DependencyKind.MODULE));
    add(roles, LayerRole.EXTRA, extra);
    add(roles, LayerRole.APPLICATION, true);
    return roles;
  }

  private static void add(List<LayerRole> roles, LayerRole role, boolean wanted) {
    if (wanted) {
      roles.add(role);
    }
  }

  private static boolean has(List<RuntimeDependencies.Found> found, DependencyKind kind) {
    return found.stream().anyMatch(dependency -> dependency.dependency().kind() == kind);
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
