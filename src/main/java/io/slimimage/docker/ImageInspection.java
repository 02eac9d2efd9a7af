package io.slimimage.docker;

import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.ImageHistory;
import io.slimimage.image.Healthcheck;
import io.slimimage.image.ImageConfig;
import io.slimimage.image.Platform;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Translates docker-java's description of an image, in which everything may be null. */
final class ImageInspection {

  private static final Pattern WRITING = Pattern.compile("(COPY|ADD|RUN) ");

  private static final long NANOS_PER_MILLI = 1_000_000L;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private ImageInspection() {}

  static EngineImage image(InspectImageResponse image, List<ImageHistory> history) {
    List<String> diffIds = image.getRootFS() == null ? null : image.getRootFS().getLayers();
    Object variant = image.getRawValues().get("Variant");
    Platform platform = new Platform(text(image.getOs()), text(image.getArch()), text(variant));
    return new EngineImage(
        image.getId(),
        orEmpty(image.getRepoTags()),
        text(image.getCreated()),
        image.getSize() == null ? -1 : image.getSize(),
        platform,
        layers(orEmpty(diffIds), history),
        config(
            image.getConfig() == null ? new ContainerConfig() : image.getConfig(),
            stopSignal(image)));
  }

  /**
   * The history has the sizes but not the diff IDs, and an entry for every instruction, newest
   * first; so both are walked from the newest. Of the entries without a size, those of instructions
   * that write files are layers, as of {@code COPY} for a directory, and {@code WORKDIR} is one
   * with BuildKit only, an empty one.
   */
  static List<EngineLayer> layers(List<String> diffIds, List<ImageHistory> history) {
    Deque<EngineLayer> layers = new ArrayDeque<>();
    int next = diffIds.size() - 1;
    for (ImageHistory entry : history) {
      if (next >= 0 && isLayer(entry, diffIds.get(next))) {
        layers.addFirst(new EngineLayer(diffIds.get(next--), size(entry)));
      }
    }
    while (next >= 0) {
      layers.addFirst(new EngineLayer(diffIds.get(next--), -1));
    }
    return List.copyOf(layers);
  }

  private static boolean isLayer(ImageHistory entry, String diffId) {
    String instruction = text(entry.getCreatedBy()).replaceFirst("^/bin/sh -c #\\(nop\\) +", "");
    return size(entry) > 0
        || WRITING.matcher(instruction).lookingAt()
        || (instruction.startsWith("WORKDIR ") && diffId.equals(EngineLayer.EMPTY));
  }

  private static long size(ImageHistory entry) {
    return entry.getSize() == null ? 0 : entry.getSize();
  }

  private static ImageConfig config(ContainerConfig config, String stopSignal) {
    Map<String, String> env = new LinkedHashMap<>();
    for (String variable : orEmpty(config.getEnv())) {
      int equals = variable.indexOf('=');
      env.put(
          equals < 0 ? variable : variable.substring(0, equals),
          equals < 0 ? "" : variable.substring(equals + 1));
    }
    Map<String, ?> volumes = config.getVolumes() == null ? Map.of() : config.getVolumes();
    return new ImageConfig(
        text(config.getUser()),
        ports(config),
        env,
        config.getLabels() == null ? Map.of() : config.getLabels(),
        volumes.keySet().stream().sorted().toList(),
        text(config.getWorkingDir()),
        orEmpty(config.getEntrypoint()),
        orEmpty(config.getCmd()),
        healthcheck(config.getHealthcheck()),
        stopSignal);
  }

  /** docker-java's class lacks it, and keeps the raw values of the outermost object only. */
  private static String stopSignal(InspectImageResponse image) {
    return image.getRawValues().get("Config") instanceof Map<?, ?> config
        ? text(config.get("StopSignal"))
        : "";
  }

  private static List<String> ports(ContainerConfig config) {
    ExposedPort[] ports = config.getExposedPorts();
    return ports == null
        ? List.of()
        : Stream.of(ports).map(ExposedPort::toString).sorted().toList();
  }

  private static Healthcheck healthcheck(HealthCheck check) {
    if (check == null || check.getTest() == null || check.getTest().isEmpty()) {
      return null;
    }
    List<String> test = check.getTest();
    List<String> rest = test.subList(1, test.size());
    List<String> command =
        switch (test.get(0)) {
          case "CMD" -> rest;
          case "CMD-SHELL" -> List.of("/bin/sh", "-c", String.join(" ", rest));
          default -> List.of();
        };
    return new Healthcheck(
        command,
        duration(check.getInterval()),
        duration(check.getTimeout()),
        duration(check.getStartPeriod()),
        check.getRetries() == null ? 0 : check.getRetries());
  }

  private static String duration(Long nanos) {
    if (nanos == null || nanos == 0) {
      return "";
    }
    if (nanos % NANOS_PER_SECOND == 0) {
      return nanos / NANOS_PER_SECOND + "s";
    }
    return nanos % NANOS_PER_MILLI == 0 ? nanos / NANOS_PER_MILLI + "ms" : nanos + "ns";
  }

  private static String text(Object value) {
    return Objects.toString(value, "");
  }

  private static List<String> orEmpty(String[] values) {
    return values == null ? List.of() : List.of(values);
  }

  private static List<String> orEmpty(List<String> values) {
    return values == null ? List.of() : values;
  }
}
