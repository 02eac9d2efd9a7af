package io.slimimage.runtime;

import io.slimimage.BuildLog;
import java.util.ArrayList;
import java.util.List;

/** A log whose lines tests can look at. */
final class RecordedLog implements BuildLog {

  private final List<String> warnings = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();

  @Override
  public void info(String message) {
    lines.add(message);
  }

  @Override
  public void warn(String message) {
    warnings.add(message);
    lines.add(message);
  }

  @Override
  public void debug(String message) {
    lines.add(message);
  }

  @Override
  public boolean isDebugEnabled() {
    return true;
  }

  List<String> warnings() {
    return warnings;
  }

  /** Returns the lines of every level. */
  List<String> lines() {
    return lines;
  }
}
