package io.slimimage.maven;

import io.slimimage.BuildLog;
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
   * @throws io.slimimage.docker.EngineException if the user has named a Docker Engine and that one
   *     does not answer
   */
  static boolean isEmbedded(MavenSession session, Parameters given, BuildLog log) {
    if (!given.engine().equals("auto")) {
      return given.engine().equals("embedded");
    }
    SessionData data = session.getRepositorySession().getData();
    if (data.get(DECIDED) instanceof Boolean decided) {
      return decided;
    }
    boolean embedded = !engineAnswers(log);
    data.set(DECIDED, embedded);
    return embedded;
  }

  private static boolean engineAnswers(BuildLog log) {
    EngineSearch search = EngineLocator.ofProcess(log).find();
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
