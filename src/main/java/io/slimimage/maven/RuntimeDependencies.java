package io.slimimage.maven;

import io.slimimage.SlimImageException;
import io.slimimage.application.Coordinates;
import io.slimimage.application.Dependency;
import io.slimimage.application.DependencyKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.inject.Inject;
import javax.inject.Named;
import javax.inject.Singleton;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.DefaultDependencyResolutionRequest;
import org.apache.maven.project.DependencyResolutionException;
import org.apache.maven.project.DependencyResolutionRequest;
import org.apache.maven.project.MavenProject;
import org.apache.maven.project.ProjectDependenciesResolver;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.graph.DependencyFilter;
import org.eclipse.aether.graph.DependencyNode;

/**
 * Finds what an application needs at run time, in the order of its class path.
 *
 * <p>Maven's project is left as it is: what it has resolved for the goals that come later stays.
 */
@Named
@Singleton
final class RuntimeDependencies {

  private static final Set<String> SCOPES = Set.of("compile", "runtime", "system");
  private static final Set<String> CLASS_PATH_TYPES = Set.of("jar");

  private final ProjectDependenciesResolver resolver;

  @Inject
  RuntimeDependencies(ProjectDependenciesResolver resolver) {
    this.resolver = resolver;
  }

  /**
   * A dependency with its file.
   *
   * @param dependency what it is
   * @param file where it is, or null where the graph was collected only
   */
  record Found(Dependency dependency, Path file) {}

  /** Collects the graph without a file: works on a clean checkout of a reactor. */
  List<Found> collect(MavenSession session) {
    return find(session, (node, parents) -> false);
  }

  /** Collects the graph and resolves every file of it. */
  List<Found> resolve(MavenSession session) {
    return find(session, (node, parents) -> isNeeded(node));
  }

  /** Downloads the dependencies of every scope, but for modules and for files in the sources. */
  void fetch(MavenSession session) {
    Set<String> reactor = reactor(session);
    graph(session, (node, parents) -> isDownloaded(node, reactor));
  }

  /** Returns what the application needs at run time, as far as repositories have it. */
  List<Found> downloaded(MavenSession session) {
    Set<String> reactor = reactor(session);
    return find(session, (node, parents) -> isNeeded(node) && isDownloaded(node, reactor)).stream()
        .filter(found -> found.file() != null)
        .toList();
  }

  private static boolean isDownloaded(DependencyNode node, Set<String> reactor) {
    Artifact artifact = node.getArtifact();
    boolean inSources =
        node.getDependency() != null && node.getDependency().getScope().equals("system");
    return artifact != null
        && !inSources
        && !reactor.contains(
            key(artifact.getGroupId(), artifact.getArtifactId(), artifact.getBaseVersion()));
  }

  private List<Found> find(MavenSession session, DependencyFilter filter) {
    Map<Coordinates, Found> found = new LinkedHashMap<>();
    add(found, graph(session, filter), reactor(session));
    return new ArrayList<>(found.values());
  }

  private List<DependencyNode> graph(MavenSession session, DependencyFilter filter) {
    MavenProject project = session.getCurrentProject();
    DependencyResolutionRequest request =
        new DefaultDependencyResolutionRequest(project, session.getRepositorySession());
    request.setResolutionFilter(filter);
    try {
      return resolver.resolve(request).getDependencyGraph().getChildren();
    } catch (DependencyResolutionException e) {
      throw new SlimImageException(
          SlimImageException.advise(
              e.getMessage(),
              "run 'mvn install' in the reactor that has it, or call this goal from its root, with"
                  + " '-am' beside '-pl'"),
          e);
    }
  }

  private static void add(
      Map<Coordinates, Found> found, List<DependencyNode> nodes, Set<String> reactor) {
    for (DependencyNode node : nodes) {
      if (isNeeded(node)) {
        Coordinates coordinates = coordinates(node.getArtifact());
        Path file = node.getArtifact().getFile() == null ? null : path(node.getArtifact());
        found.putIfAbsent(
            coordinates, new Found(new Dependency(coordinates, kind(coordinates, reactor)), file));
      }
      // Also below what is not needed: a dependency has one place in the graph, the nearest to its
      // root, and that may be below one of the tests. Its scope is the widest of all places.
      add(found, node.getChildren(), reactor);
    }
  }

  private static boolean isNeeded(DependencyNode node) {
    return node.getDependency() != null
        && SCOPES.contains(node.getDependency().getScope())
        && CLASS_PATH_TYPES.contains(node.getArtifact().getExtension());
  }

  private static Path path(Artifact artifact) {
    return artifact.getFile().toPath();
  }

  private static Coordinates coordinates(Artifact artifact) {
    return new Coordinates(
        artifact.getGroupId(),
        artifact.getArtifactId(),
        artifact.getBaseVersion(),
        artifact.getClassifier(),
        artifact.getExtension());
  }

  private static DependencyKind kind(Coordinates coordinates, Set<String> reactor) {
    if (reactor.contains(
        key(coordinates.groupId(), coordinates.artifactId(), coordinates.version()))) {
      return DependencyKind.MODULE;
    }
    return coordinates.isSnapshot() ? DependencyKind.SNAPSHOT : DependencyKind.RELEASE;
  }

  private static Set<String> reactor(MavenSession session) {
    return Reactor.projects(session).stream()
        .map(project -> key(project.getGroupId(), project.getArtifactId(), project.getVersion()))
        .collect(Collectors.toSet());
  }

  private static String key(String groupId, String artifactId, String version) {
    return groupId + ":" + artifactId + ":" + version;
  }
}
