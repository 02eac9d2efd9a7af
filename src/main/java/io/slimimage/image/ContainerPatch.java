package io.slimimage.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How a container starts: that of a base image, changed as the instructions of a Dockerfile with
 * the same values would change it.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/">Dockerfile reference</a>
 */
final class ContainerPatch {

  /** What engines give to every image of Linux that has no path of its own. */
  private static final String DEFAULT_PATH =
      "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private final JsonObject config;
  private final String os;
  private final boolean scratch;

  /**
   * Creates a patch.
   *
   * @param config the object {@code config} of the base's configuration; gets changed
   * @param os what the image is for
   * @param scratch whether there is no base
   */
  ContainerPatch(JsonObject config, String os, boolean scratch) {
    this.config = config;
    this.os = os;
    this.scratch = scratch;
  }

  void apply(ImageConfig plan) {
    // The image that the base was built from, and what was to happen in a build from the base: an
    // engine does it in such a build, without passing it on.
    config.remove("Image");
    config.remove("OnBuild");
    text("User", plan.user());
    keys("ExposedPorts", plan.ports().stream().map(ContainerPatch::withProtocol).toList());
    env(plan.env());
    command(plan.entrypoint(), plan.args());
    keys("Volumes", plan.volumes());
    boolean root = scratch && plan.workingDirectory().isEmpty();
    text("WorkingDir", root ? "/" : plan.workingDirectory());
    labels(plan.labels());
    text("StopSignal", plan.stopSignal());
    if (plan.healthcheck() != null) {
      config.put("Healthcheck", healthcheck(plan.healthcheck()));
    }
  }

  private void text(String field, String value) {
    if (!value.isEmpty()) {
      config.put(field, value);
    }
  }

  /** Go writes a set as an object with empty values. */
  private void keys(String field, List<String> keys) {
    if (!keys.isEmpty()) {
      JsonObject set = config.object(field);
      new TreeSet<>(keys).forEach(key -> set.entries().putIfAbsent(key, new JsonObject()));
    }
  }

  private static String withProtocol(String port) {
    return port.contains("/") ? port : port + "/tcp";
  }

  /** A variable of the base keeps its place, with the new value. */
  private void env(Map<String, String> added) {
    List<String> env = new ArrayList<>(config.texts("Env"));
    if (!os.equals("windows") && indexOf("PATH", env) < 0) {
      env.add(DEFAULT_PATH);
    }
    added.forEach(
        (name, value) -> {
          int index = indexOf(name, env);
          if (index < 0) {
            env.add(name + "=" + value);
          } else {
            env.set(index, name + "=" + value);
          }
        });
    config.put("Env", List.copyOf(env));
  }

  private static int indexOf(String name, List<String> env) {
    for (int i = 0; i < env.size(); i++) {
      if (env.get(i).equals(name) || env.get(i).startsWith(name + "=")) {
        return i;
      }
    }
    return -1;
  }

  /** Arguments of the base were meant for its own entrypoint. */
  private void command(List<String> entrypoint, List<String> args) {
    if (entrypoint.isEmpty() && args.isEmpty()) {
      return;
    }
    config.remove("ArgsEscaped");
    if (!entrypoint.isEmpty()) {
      config.put("Entrypoint", entrypoint);
    }
    if (args.isEmpty()) {
      config.remove("Cmd");
    } else {
      config.put("Cmd", args);
    }
  }

  private void labels(Map<String, String> added) {
    if (!added.isEmpty()) {
      config.object("Labels").entries().putAll(new TreeMap<>(added));
    }
  }

  private static JsonObject healthcheck(Healthcheck check) {
    JsonObject json = new JsonObject();
    if (check.command().isEmpty()) {
      json.put("Test", List.of("NONE"));
      return json;
    }
    List<Object> test = new ArrayList<>(List.of("CMD"));
    test.addAll(check.command());
    json.put("Test", test);
    duration(json, "Interval", "interval", check.interval());
    duration(json, "Timeout", "timeout", check.timeout());
    duration(json, "StartPeriod", "startPeriod", check.startPeriod());
    if (check.retries() > 0) {
      json.put("Retries", JsonNumber.of(check.retries()));
    }
    return json;
  }

  private static void duration(JsonObject json, String field, String parameter, String value) {
    if (!value.isEmpty()) {
      long nanos = GoDuration.nanos("slimimage.container.healthcheck." + parameter, value);
      json.put(field, JsonNumber.of(nanos));
    }
  }
}
