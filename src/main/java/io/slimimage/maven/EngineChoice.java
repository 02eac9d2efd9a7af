package io.slimimage.maven;

import io.slimimage.BuildLog;
import io.slimimage.docker.EngineEnvironment;
import io.slimimage.docker.EngineLocator;
import io.slimimage.docker.EngineSearch;
import org.apache.maven.execution.MavenSession;
import org.eclipse.aether.SessionData;

/** Decides which engine makes the image. */
final class EngineChoice {

  private static final String DECIDED = "io.slimimage.engine.embedded";

  private EngineChoice() {}

  /**
   * Returns whether the embedded engine makes it. Left to choose, a Maven run looks for a Docker
   * Engine once.
   *
   * @param environment where an engine is looked for
   * @throws io.slimimage.docker.EngineException if the user has named a Docker Engine and that one
   *     does not answer
   */
  static boolean isEmbedded(
      MavenSession session, Parameters given, EngineEnvironment environment, BuildLog log) {
    if (!given.engine().equals("auto")) {
      return given.engine().equals("embedded");
    }
    if (!given.runtime().platforms().isEmpty()) {
      log.info("The image is put together without a Docker Engine, since platforms are given");
      return true;
    }
    return isEmbedded(session.getRepositorySession().getData(), environment, log);
  }

  /** Modules that are built at the same time wait here for the one that asks. */
  private static synchronized boolean isEmbedded(
      SessionData data, EngineEnvironment environment, BuildLog log) {
    if (data.get(DECIDED) instanceof Boolean decided) {
      return decided;
    }
    boolean embedded = !engineAnswers(environment, log);
    data.set(DECIDED, embedded);
    return embedded;
  }

  private static boolean engineAnswers(EngineEnvironment environment, BuildLog log) {
    EngineSearch search = new EngineLocator(environment, EngineLocator.DEFAULT_TIMEOUT, log).find();
    if (search instanceof EngineSearch.Found found) {
      log.info("The image is built by " + found.found().info() + ", which answers");
      found.found().close();
      return true;
    }
    search.attempts().forEach(attempt -> log.debug("No engine: " + attempt));
    log.info("The image is put together without a Docker Engine, since none answers");
    return false;
  }
}
