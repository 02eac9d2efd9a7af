package io.slimimage.maven;

import io.slimimage.BuildLog;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.inject.Inject;
import javax.inject.Named;
import javax.inject.Singleton;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.resolver.filter.CumulativeScopeArtifactFilter;
import org.apache.maven.execution.ExecutionEvent;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.lifecycle.LifecycleExecutionException;
import org.apache.maven.lifecycle.LifecycleExecutor;
import org.apache.maven.lifecycle.internal.ExecutionEventCatapult;
import org.apache.maven.lifecycle.internal.LifecycleDependencyResolver;
import org.apache.maven.plugin.BuildPluginManager;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.PluginManagerException;
import org.apache.maven.plugin.PluginResolutionException;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.project.MavenProject;

/**
 * Brings a project to its {@code package} phase when a goal was called without a lifecycle, as in
 * {@code mvn slimimage:layers} on a clean checkout.
 *
 * <p>Neither way that Maven offers for this fits. A goal that asks for dependency resolution fails
 * before it runs where a module of the reactor is not built yet, and {@code @Execute(phase =
 * PACKAGE)} runs the whole lifecycle a second time when the goal is bound to a phase, and leaves
 * the project's artifact without a file. So the goals ask for no resolution, and this class
 * resolves and runs what is missing within the running session, as Maven itself would.
 */
@Named
@Singleton
final class PackagePhase {

  private static final String PHASE = "package";

  private final LifecycleExecutor lifecycle;
  private final BuildPluginManager plugins;
  private final LifecycleDependencyResolver dependencies;
  private final ExecutionEventCatapult events;

  @Inject
  PackagePhase(
      LifecycleExecutor lifecycle,
      BuildPluginManager plugins,
      LifecycleDependencyResolver dependencies,
      ExecutionEventCatapult events) {
    this.lifecycle = lifecycle;
    this.plugins = plugins;
    this.dependencies = dependencies;
    this.events = events;
  }

  /** Runs the lifecycle up to {@code package}, unless this session has done that already. */
  void reach(MavenSession session, MojoExecution self, BuildLog log)
      throws MojoExecutionException, MojoFailureException {
    MavenProject project = session.getCurrentProject();
    if (isPackaged(project, self)) {
      return;
    }
    log.info("Running the lifecycle of " + project.getArtifactId() + " up to '" + PHASE + "'");
    List<MojoExecution> executions = executions(session, self);
    resolve(session, scopes(executions, true), scopes(executions, false));
    for (MojoExecution execution : executions) {
      run(session, execution);
    }
    project.addLifecyclePhase(PHASE);
  }

  /**
   * Fetches every plugin that the lifecycle runs up to {@code package}, and what each depends on.
   *
   * @return how many plugins that are
   */
  int fetchPlugins(MavenSession session, MojoExecution self) throws MojoExecutionException {
    Set<String> fetched = new LinkedHashSet<>();
    for (MojoExecution execution : executions(session, self)) {
      if (fetched.add(execution.getPlugin().getId())) {
        try {
          plugins.getPluginRealm(session, execution.getMojoDescriptor().getPluginDescriptor());
        } catch (PluginResolutionException | PluginManagerException e) {
          throw new MojoExecutionException(e.getMessage(), e);
        }
      }
    }
    return fetched.size();
  }

  /** Within a lifecycle, the phases before the one that the goal is bound to have been run. */
  private static boolean isPackaged(MavenProject project, MojoExecution self) {
    return project.hasLifecyclePhase(PHASE) || self.getLifecyclePhase() != null;
  }

  private List<MojoExecution> executions(MavenSession session, MojoExecution self)
      throws MojoExecutionException {
    try {
      return lifecycle.calculateExecutionPlan(session, PHASE).getMojoExecutions().stream()
          .filter(execution -> !isOurs(execution, self))
          .toList();
    } catch (Exception e) {
      throw new MojoExecutionException(e.getMessage(), e);
    }
  }

  private static boolean isOurs(MojoExecution execution, MojoExecution self) {
    return execution.getGroupId().equals(self.getGroupId())
        && execution.getArtifactId().equals(self.getArtifactId());
  }

  private void run(MavenSession session, MojoExecution execution)
      throws MojoExecutionException, MojoFailureException {
    MavenProject project = session.getCurrentProject();
    MojoDescriptor descriptor = execution.getMojoDescriptor();
    project.setArtifactFilter(
        new CumulativeScopeArtifactFilter(
            scopesOf(
                descriptor.getDependencyCollectionRequired(),
                descriptor.getDependencyResolutionRequired())));
    events.fire(ExecutionEvent.Type.MojoStarted, session, execution);
    List<MavenProject> forked = List.of();
    try {
      if (!execution.getForkedExecutions().isEmpty()) {
        forked = lifecycle.executeForkedExecutions(execution, session);
      }
      plugins.executeMojo(session, execution);
      events.fire(ExecutionEvent.Type.MojoSucceeded, session, execution);
    } catch (MojoFailureException e) {
      events.fire(ExecutionEvent.Type.MojoFailed, session, execution, e);
      throw e;
    } catch (Exception e) {
      events.fire(ExecutionEvent.Type.MojoFailed, session, execution, e);
      throw new MojoExecutionException(
          execution.getArtifactId() + ":" + execution.getGoal() + " failed: " + e.getMessage(), e);
    } finally {
      for (MavenProject fork : forked) {
        fork.setExecutionProject(null);
      }
    }
  }

  private void resolve(MavenSession session, Set<String> collect, Set<String> resolve)
      throws MojoExecutionException {
    MavenProject project = session.getCurrentProject();
    // Maven resolves once for each project and remembers that by this set being filled.
    project.setResolvedArtifacts(null);
    project.setArtifactFilter(null);
    try {
      dependencies.resolveProjectDependencies(project, collect, resolve, session, false, Set.of());
    } catch (LifecycleExecutionException e) {
      throw new MojoExecutionException(e.getMessage(), e);
    }
  }

  private static Set<String> scopes(Collection<MojoExecution> executions, boolean collect) {
    Set<String> scopes = new LinkedHashSet<>();
    for (MojoExecution execution : executions) {
      MojoDescriptor descriptor = execution.getMojoDescriptor();
      scopes.addAll(scopesOf(descriptor.getDependencyResolutionRequired()));
      if (collect) {
        scopes.addAll(scopesOf(descriptor.getDependencyCollectionRequired()));
      }
    }
    return scopes;
  }

  /** The scopes that a goal's requirement stands for, as Maven's own lifecycle reads it. */
  private static Set<String> scopesOf(String... requirements) {
    Set<String> scopes = new LinkedHashSet<>();
    for (String requirement : requirements) {
      if (requirement == null) {
        continue;
      }
      switch (requirement) {
        case Artifact.SCOPE_COMPILE -> scopes.addAll(List.of("compile", "system", "provided"));
        case Artifact.SCOPE_RUNTIME -> scopes.addAll(List.of("compile", "runtime"));
        case Artifact.SCOPE_COMPILE_PLUS_RUNTIME ->
            scopes.addAll(List.of("compile", "system", "provided", "runtime"));
        case Artifact.SCOPE_RUNTIME_PLUS_SYSTEM ->
            scopes.addAll(List.of("compile", "system", "runtime"));
        case Artifact.SCOPE_TEST ->
            scopes.addAll(List.of("system", "compile", "provided", "runtime", "test"));
        default -> throw new IllegalArgumentException("unknown scope " + requirement);
      }
    }
    return scopes;
  }
}
