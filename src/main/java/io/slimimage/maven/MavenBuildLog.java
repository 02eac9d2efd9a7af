package io.slimimage.maven;

import io.slimimage.BuildLog;
import org.apache.maven.plugin.logging.Log;

/**
 * Writes to Maven's log.
 *
 * @param log Maven's
 * @param inBuilder whether this is the Maven of a builder stage, whose output users do not see: its
 *     warnings get a mark, by which {@link StepLog} finds them
 */
record MavenBuildLog(Log log, boolean inBuilder) implements BuildLog {

  @Override
  public void info(String message) {
    log.info(message);
  }

  @Override
  public void warn(String message) {
    log.warn(inBuilder ? StepLog.WARNING + message : message);
  }

  @Override
  public void debug(String message) {
    log.debug(message);
  }

  @Override
  public boolean isDebugEnabled() {
    return log.isDebugEnabled();
  }
}
