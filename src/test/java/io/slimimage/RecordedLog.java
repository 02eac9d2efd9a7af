package io.slimimage;

import java.util.ArrayList;
import java.util.List;

/** A log whose lines tests can look at once all threads that write to it have ended. */
public final class RecordedLog implements BuildLog {

  private final List<String> infos = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<String> debugs = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();

  @Override
  public synchronized void info(String message) {
    infos.add(message);
    lines.add(message);
  }

  @Override
  public synchronized void warn(String message) {
    warnings.add(message);
    lines.add(message);
  }

  @Override
  public synchronized void debug(String message) {
    debugs.add(message);
    lines.add(message);
  }

  @Override
  public boolean isDebugEnabled() {
    return true;
  }

  /** Returns what every user sees. */
  public List<String> infos() {
    return infos;
  }

  /** Returns the warnings. */
  public List<String> warnings() {
    return warnings;
  }

  /** Returns the lines of the level {@code debug}. */
  public List<String> debugs() {
    return debugs;
  }

  /** Returns the lines of every level in their order. */
  public List<String> lines() {
    return lines;
  }
}
