package io.slimimage.maven;

import io.slimimage.BuildLog;
import io.slimimage.output.Pushed;
import io.slimimage.output.Pushed.Transfer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tells people in a line or two what a registry got. */
final class PushReport {

  private PushReport() {}

  static void log(Pushed pushed, Duration time, BuildLog log) {
    log.info("  tags          " + String.join(", ", pushed.tags()));
    if (pushed.bytesSent() == 0) {
      log.info("  sent          nothing, since the registry has all of it");
      return;
    }
    List<String> blobs = new ArrayList<>();
    add(blobs, pushed.count(Transfer.SENT), "sent");
    add(blobs, pushed.count(Transfer.MOUNTED), "mounted");
    add(blobs, pushed.count(Transfer.PRESENT), "there already");
    log.info("  blobs         " + String.join(", ", blobs));
    log.info(
        String.format(
            Locale.ROOT,
            "  sent          %s in %.1f s",
            Sizes.megabytes(pushed.bytesSent()),
            time.toMillis() / 1e3));
  }

  static void log(PushResult pushed, BuildLog log) {
    log.info("  tags          " + String.join(", ", pushed.tags()));
    List<String> layers = new ArrayList<>();
    long sent = pushed.layers().values().stream().filter(it -> it).count();
    add(layers, sent, "sent");
    add(layers, pushed.layers().size() - sent, "there already");
    if (!layers.isEmpty()) {
      log.info("  layers        " + String.join(", ", layers));
    }
  }

  private static void add(List<String> counts, long count, String what) {
    if (count > 0) {
      counts.add(count + " " + what);
    }
  }
}
