package io.slimimage.maven;

import io.slimimage.BuildLog;
import org.apache.maven.plugin.logging.Log;

/** Writes to Maven's log. */
record MavenBuildLog(Log log) implements BuildLog {

  @Override
  public void info(String message) {
    log.info(message);
  }

  @Override
  public void warn(String message) {
    log.warn(message);
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
