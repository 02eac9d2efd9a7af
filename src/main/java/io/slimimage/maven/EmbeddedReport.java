package io.slimimage.maven;

import io.slimimage.BuildLog;
import io.slimimage.image.BuiltImage;
import io.slimimage.image.BuiltLayer;
import io.slimimage.layer.LayerRole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Tells people in a few lines what a build by the embedded engine has made. */
final class EmbeddedReport {

  private EmbeddedReport() {}

  /** Tells what there is, how large it is, and how to run it. */
  static void log(EmbeddedResult result, BuildLog log) {
    log.info("");
    log.info(
        "Built " + result.reference() + " for " + PlatformChoice.list(result.named().platforms()));
    log.info("  digest        " + result.named().digest());
    if (isSeveral(result)) {
      for (BuiltImage image : result.named().images()) {
        log.info(String.format("  %-13s %s", image.platform(), image.digest()));
      }
    } else {
      log.info("  id            " + result.id());
    }
    sizes(result, log);
    int elsewhere = result.written().elsewhere();
    log.info(
        "  OCI layout    "
            + result.written().layout()
            + (elsewhere > 0
                ? ", without "
                    + elsewhere
                    + " of the base image's layers, which are in its registry"
                : ""));
    result.written().archive().ifPresent(archive -> log.info("  archive       " + archive));
    result
        .written()
        .engine()
        .ifPresent(
            engine ->
                log.info(
                    "  loaded into   "
                        + engine
                        + ", "
                        + Sizes.megabytes(result.written().loaded().bytes())
                        + " sent"));
    run(result).ifPresent(run -> log.info("  run it with   " + run));
    log.info(String.format(Locale.ROOT, "  %.1f s", result.total().toMillis() / 1e3));
  }

  private static boolean isSeveral(EmbeddedResult result) {
    return result.images().size() > 1;
  }

  private static void sizes(EmbeddedResult result, BuildLog log) {
    log.info(String.format(Locale.ROOT, "  %-22s %10s  %10s", "", "to pull", "unpacked"));
    for (EmbeddedImage image : result.images()) {
      if (!image.base().isEmpty()) {
        String name = "  " + result.baseImage();
        log.info(
            line("base", image.basePullSize(), "", isSeveral(result) ? name + of(image) : name));
      }
    }
    ownLayers(result, log);
    for (EmbeddedImage image : result.images()) {
      log.info(line("total", image.pullSize(), "", isSeveral(result) ? of(image) : ""));
    }
  }

  private static String of(EmbeddedImage image) {
    return "  " + image.image().platform();
  }

  /** Images mostly have all of these in common, and what they have in common is told once. */
  private static void ownLayers(EmbeddedResult result, BuildLog log) {
    Map<String, BuiltLayer> layers = new LinkedHashMap<>();
    Map<String, List<String>> platforms = new HashMap<>();
    for (EmbeddedImage image : result.images()) {
      for (BuiltLayer layer : image.layers()) {
        String key = layer.role() + " " + layer.layer().descriptor().digest();
        layers.putIfAbsent(key, layer);
        platforms.computeIfAbsent(key, it -> new ArrayList<>()).add(of(image));
      }
    }
    layers.entrySet().stream()
        .sorted(Comparator.comparing(entry -> entry.getValue().role()))
        .forEach(
            entry -> {
              List<String> users = platforms.get(entry.getKey());
              boolean common = users.size() == result.images().size();
              String note = common ? runtime(entry.getValue(), result) : String.join("", users);
              log.info(ownLayer(entry.getValue(), note));
            });
  }

  private static String runtime(BuiltLayer layer, EmbeddedResult result) {
    return layer.role() == LayerRole.RUNTIME
        ? result.runtime().map(report -> "  " + report.summary()).orElse("")
        : "";
  }

  private static String ownLayer(BuiltLayer layer, String note) {
    return line(
        layer.role().directoryName(),
        layer.layer().descriptor().size(),
        Sizes.megabytes(layer.bytes()),
        note);
  }

  /** Returns how to start a container; of a layout alone, no engine can without other tools. */
  private static Optional<String> run(EmbeddedResult result) {
    String run = PortOptions.of(result.ports()) + result.reference();
    boolean fits = PlatformChoice.host().compatible().contains(result.named().first().platform());
    String foreign = fits ? "" : "--platform " + result.named().first().platform() + " ";
    if (result.written().engine().isPresent()) {
      // Of several images an engine has been given its own.
      return Optional.of("docker run --rm " + (isSeveral(result) ? "" : foreign) + run);
    }
    return result
        .written()
        .archive()
        .map(file -> "docker load -i " + quoted(file) + " && docker run --rm " + foreign + run);
  }

  /** In double quotes, which all shells know. */
  private static String quoted(Path path) {
    return path.toString().contains(" ") ? '"' + path.toString() + '"' : path.toString();
  }

  private static String line(String what, long pull, String unpacked, String note) {
    return String.format(
            Locale.ROOT, "  %-22s %10s  %10s%s", what, Sizes.megabytes(pull), unpacked, note)
        .stripTrailing();
  }
}
