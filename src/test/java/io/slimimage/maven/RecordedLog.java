package io.slimimage.maven;

import io.slimimage.BuildLog;
import java.util.ArrayList;
import java.util.List;

/** A log whose lines tests can look at. */
final class RecordedLog implements BuildLog {

  private final List<String> infos = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<String> debugs = new ArrayList<>();

  @Override
  public void info(String message) {
    infos.add(message);
  }

  @Override
  public void warn(String message) {
    warnings.add(message);
  }

  @Override
  public void debug(String message) {
    debugs.add(message);
  }

  @Override
  public boolean isDebugEnabled() {
    return true;
  }

  List<String> infos() {
    return infos;
  }

  List<String> warnings() {
    return warnings;
  }

  List<String> debugs() {
    return debugs;
  }
}
