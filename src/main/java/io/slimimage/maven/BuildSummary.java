package io.slimimage.maven;

import io.slimimage.BuildLog;
import io.slimimage.layer.LayerRole;
import java.util.List;
import java.util.Locale;

/** Tells in a few lines what a build has made. */
final class BuildSummary {

  private BuildSummary() {}

  static void log(BuildResult result, BuildLog log) {
    log.info("");
    log.info("Built " + result.reference() + " with " + result.engine());
    log.info("  id            " + result.image().id());
    if (result.isImage()) {
      String base = result.plan().image().baseImage();
      if (!base.equals(RuntimeChoice.SCRATCH)) {
        log.info(line("base", result.baseSize()) + "  " + base);
      }
      for (BuildResult.RoleLayer layer : result.layers()) {
        if (!List.of(BuildResult.BASE, BuildResult.EMPTY).contains(layer.role())) {
          log.info(line(layer.role(), layer.layer().size()) + what(layer.role(), result));
        }
      }
    }
    log.info(line("total", result.image().size()));
    log.info(
        String.format(
            Locale.ROOT,
            "  %.1f s, %d of %d steps run, %s sent",
            result.total().toMillis() / 1e3,
            result.steps().run(),
            result.steps().run() + result.steps().cached(),
            Sizes.megabytes(result.steps().contextBytes())));
  }

  private static String what(String role, BuildResult result) {
    return role.equals(LayerRole.RUNTIME.directoryName())
        ? result.runtime().map(runtime -> "  " + runtime.summary()).orElse("")
        : "";
  }

  private static String line(String what, long bytes) {
    String size = bytes < 0 ? "?" : Sizes.megabytes(bytes);
    return String.format(Locale.ROOT, "  %-22s %10s", what, size);
  }
}
