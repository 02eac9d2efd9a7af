package io.slimimage.maven;

import java.util.List;

/** A command that tells whether the container works, as {@code <healthcheck>} has it. */
public class HealthcheckParameters {

  /**
   * The command in exec form; {@code NONE} alone switches the base image's check off. There is no
   * check without it.
   */
  private List<String> command;

  /** Time between two checks, such as {@code 1m30s}. The engine's default is {@code 30s}. */
  private String interval;

  /** Time after which a check counts as failed. The engine's default is {@code 30s}. */
  private String timeout;

  /** Time after the start in which failures do not count. The engine's default is {@code 0s}. */
  private String startPeriod;

  /** Failures in a row that make the container unhealthy. The engine's default is {@code 3}. */
  private String retries;

  /** Takes the short form, the command alone: its words with commas between them. */
  public void set(String words) {
    command = ParameterReader.split(words);
  }

  List<String> command() {
    return command == null ? List.of() : command;
  }

  String interval() {
    return interval;
  }

  String timeout() {
    return timeout;
  }

  String startPeriod() {
    return startPeriod;
  }

  String retries() {
    return retries;
  }
}
