package io.slimimage;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Passes everything on to another log and notes the warnings, each one once. */
public final class NotedWarnings implements BuildLog {

  private final BuildLog log;
  private final Set<String> warnings = new LinkedHashSet<>();

  /** Starts without any warning. */
  public NotedWarnings(BuildLog log) {
    this.log = log;
  }

  /** Returns the warnings so far. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  @Override
  public void info(String message) {
    log.info(message);
  }

  @Override
  public void warn(String message) {
    warnings.add(message);
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
