package io.slimimage.dockerfile;

import io.slimimage.image.Healthcheck;
import io.slimimage.image.ImageConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** The instructions at the end of a Dockerfile that say how a container starts. */
final class ContainerInstructions {

  private final List<String> lines = new ArrayList<>();

  private ContainerInstructions() {}

  /** Returns the instructions; one may span several lines. */
  static List<String> of(ImageConfig config) {
    ContainerInstructions instructions = new ContainerInstructions();
    instructions.config(config);
    return instructions.lines;
  }

  private void config(ImageConfig config) {
    pairs("ENV", config.env());
    pairs("LABEL", config.labels());
    if (!config.ports().isEmpty()) {
      add("EXPOSE " + String.join(" ", config.ports()));
    }
    if (!config.volumes().isEmpty()) {
      add(
          "VOLUME "
              + DockerfileSyntax.array(
                  config.volumes().stream().map(DockerfileSyntax::literal).toList()));
    }
    if (!config.workingDirectory().isEmpty()) {
      add("WORKDIR " + DockerfileSyntax.literal(config.workingDirectory()));
    }
    if (!config.stopSignal().isEmpty()) {
      add("STOPSIGNAL " + config.stopSignal());
    }
    if (config.healthcheck() != null) {
      add(healthcheck(config.healthcheck()));
    }
    if (!config.user().isEmpty()) {
      add("USER " + DockerfileSyntax.literal(config.user()));
    }
    if (!config.entrypoint().isEmpty()) {
      add("ENTRYPOINT " + DockerfileSyntax.array(config.entrypoint()));
    }
    if (!config.args().isEmpty()) {
      add("CMD " + DockerfileSyntax.array(config.args()));
    }
  }

  private void pairs(String instruction, Map<String, String> pairs) {
    if (!pairs.isEmpty()) {
      StringJoiner joined = new StringJoiner(" \\\n    ");
      pairs.forEach((key, value) -> joined.add(key(key) + "=" + DockerfileSyntax.quoted(value)));
      add(instruction + " " + joined);
    }
  }

  private static String key(String key) {
    return key.matches("[A-Za-z0-9_./-]+") ? key : DockerfileSyntax.quoted(key);
  }

  private static String healthcheck(Healthcheck check) {
    if (check.command().isEmpty()) {
      return "HEALTHCHECK NONE";
    }
    StringBuilder line = new StringBuilder("HEALTHCHECK");
    option(line, "interval", check.interval());
    option(line, "timeout", check.timeout());
    option(line, "start-period", check.startPeriod());
    option(line, "retries", check.retries() == 0 ? "" : Integer.toString(check.retries()));
    return line + " CMD " + DockerfileSyntax.array(check.command());
  }

  private static void option(StringBuilder line, String name, String value) {
    if (!value.isEmpty()) {
      line.append(" --").append(name).append('=').append(value);
    }
  }

  private void add(String line) {
    lines.add(line);
  }
}
