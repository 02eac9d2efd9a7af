package io.slimimage.maven;

import io.slimimage.SlimImageException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.project.MavenProject;

/**
 * Fetches the project's dependencies and the plugins that {@code package} runs, with all that they
 * depend on. The builder stage calls it beside {@code dependency:go-offline}, which would fetch the
 * plugins of every other phase as well but not the dependencies that a POM adds to a plugin. Where
 * the classic builder builds, it is called once more to link the runtime ahead.
 *
 * @since 0.1.0
 */
@Mojo(name = "warm-up", threadSafe = true)
public class WarmUpMojo extends AbstractSlimImageMojo {

  private final PackagePhase packagePhase;
  private final RuntimeDependencies dependencies;
  private final RuntimeAssembly runtimes;

  /** Gets what Maven injects. */
  @Inject
  WarmUpMojo(
      PackagePhase packagePhase, RuntimeDependencies dependencies, RuntimeAssembly runtimes) {
    this.packagePhase = packagePhase;
    this.dependencies = dependencies;
    this.runtimes = runtimes;
  }

  @Override
  void run() throws MojoExecutionException {
    String link = session().getUserProperties().getProperty(LinkAhead.PROPERTY);
    if (link != null) {
      linkAhead(LinkAhead.parse(link));
      return;
    }
    // Side by side: both wait for the network most of the time.
    CompletableFuture<Void> fetched = CompletableFuture.runAsync(this::fetchDependencies);
    int plugins = packagePhase.fetchPlugins(session(), mojoExecution());
    try {
      fetched.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof SlimImageException known ? known : e;
    }
    log().info("Fetched the dependencies and the " + plugins + " plugins that 'package' runs");
  }

  /** A mistake in what is to be linked is for the goal {@code layers} to tell. */
  private void linkAhead(LinkAhead link) {
    if (!link.module().equals(project().getGroupId() + ":" + project().getArtifactId())) {
      return;
    }
    try {
      List<Path> libraries =
          dependencies.downloaded(session()).stream().map(RuntimeDependencies.Found::file).toList();
      runtimes.linkAhead(session(), libraries, link, log());
    } catch (SlimImageException e) {
      log().info("No runtime was linked ahead: " + e.getMessage());
    }
  }

  /** The session knows its current project by the thread, as with several modules at a time. */
  private void fetchDependencies() {
    MavenSession session = session();
    MavenProject before = session.getCurrentProject();
    session.setCurrentProject(project());
    try {
      dependencies.fetch(session);
    } finally {
      session.setCurrentProject(before);
    }
  }
}
