package io.slimimage.maven;

import javax.inject.Inject;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Fetches the plugins that {@code package} runs, with all that they depend on. The builder stage
 * calls it beside {@code dependency:go-offline}, which fetches the plugins of every other phase as
 * well but not the dependencies that a POM adds to a plugin.
 *
 * @since 0.1.0
 */
@Mojo(name = "warm-up", threadSafe = true)
public class WarmUpMojo extends AbstractSlimImageMojo {

  private final PackagePhase packagePhase;

  /** Gets what Maven injects. */
  @Inject
  WarmUpMojo(PackagePhase packagePhase) {
    this.packagePhase = packagePhase;
  }

  @Override
  void run() throws MojoExecutionException {
    int plugins = packagePhase.fetchPlugins(session(), mojoExecution());
    log().info("Fetched the " + plugins + " plugins that 'package' runs");
  }
}
