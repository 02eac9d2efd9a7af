package io.slimimage.maven;

import io.slimimage.BuildLog;
import io.slimimage.image.BuiltLayer;
import io.slimimage.layer.LayerRole;
import java.nio.file.Path;
import java.util.Locale;
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
    boolean several = result.images().size() > 1;
    for (EmbeddedImage image : result.images()) {
      if (several) {
        log.info("  " + image.image().platform());
        log.info("  digest        " + image.image().digest());
      }
      log(image, result, log);
    }
    int elsewhere = result.written().elsewhere();
    log.info(
        "  OCI layout    "
            + result.written().layout()
            + (elsewhere > 0
                ? ", without " + elsewhere + " layers of the base image, which are in its registry"
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

  private static void log(EmbeddedImage image, EmbeddedResult result, BuildLog log) {
    log.info("  id            " + image.image().id());
    log.info(String.format(Locale.ROOT, "  %-22s %10s  %10s", "", "to pull", "unpacked"));
    if (!image.base().isEmpty()) {
      log.info(line("base", image.basePullSize(), "", "  " + result.baseImage()));
    }
    for (BuiltLayer layer : image.layers()) {
      String runtime =
          layer.role() == LayerRole.RUNTIME
              ? result.runtime().map(report -> "  " + report.summary()).orElse("")
              : "";
      log.info(
          line(
              layer.role().directoryName(),
              layer.layer().descriptor().size(),
              Sizes.megabytes(layer.bytes()),
              runtime));
    }
    log.info(line("total", image.pullSize(), "", ""));
  }

  /** Returns how to start a container; of a layout alone, no engine can without other tools. */
  private static Optional<String> run(EmbeddedResult result) {
    String run = "docker run --rm " + PortOptions.of(result.ports()) + result.reference();
    if (result.written().engine().isPresent()) {
      return Optional.of(run);
    }
    return result
        .written()
        .archive()
        .map(archive -> "docker load -i " + quoted(archive) + " && " + run);
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
