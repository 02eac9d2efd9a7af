package io.slimimage.image;

import java.util.List;

/**
 * A command that the engine runs in the container to see whether it works.
 *
 * @param command exec form; empty switches an inherited check off
 * @param interval such as {@code 30s}, or empty for the engine's default
 * @param timeout such as {@code 5s}, or empty for the engine's default
 * @param startPeriod such as {@code 10s}, or empty for the engine's default
 * @param retries failures in a row before the container counts as unhealthy; 0 for the default
 */
public record Healthcheck(
    List<String> command, String interval, String timeout, String startPeriod, int retries) {

  /** Copies the command. */
  public Healthcheck {
    command = List.copyOf(command);
  }
}
