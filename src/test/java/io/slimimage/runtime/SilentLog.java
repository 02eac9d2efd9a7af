package io.slimimage.runtime;

import io.slimimage.BuildLog;
import java.util.ArrayList;
import java.util.List;

/** A log that remembers what users would see. */
final class SilentLog implements BuildLog {

  private final List<String> lines = new ArrayList<>();

  @Override
  public void info(String message) {
    lines.add(message);
  }

  @Override
  public void warn(String message) {
    lines.add(message);
  }

  @Override
  public void debug(String message) {}

  @Override
  public boolean isDebugEnabled() {
    return false;
  }

  List<String> lines() {
    return lines;
  }
}
