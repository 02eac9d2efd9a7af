package io.slimimage.maven;

import io.slimimage.blob.Digest;
import io.slimimage.layer.Layer;
import io.slimimage.layer.LayerRole;
import io.slimimage.layer.LayerSource;
import io.slimimage.modules.Jdk;
import io.slimimage.runtime.RuntimePlan;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The runtime layer with its report. Both are from an earlier build where nothing has changed.
 *
 * @param jdk the JDK that the runtime is linked from
 * @param plan the layer
 */
record PlannedRuntime(Jdk jdk, RuntimePlan plan) implements LayerSource {

  @Override
  public LayerRole role() {
    return plan.role();
  }

  @Override
  public Digest key() throws IOException {
    return plan.key();
  }

  @Override
  public Layer layer() throws IOException {
    return plan.layer();
  }

  /**
   * Returns what the runtime is made of; it takes as long as {@link #key}, if nobody has asked for
   * that before.
   */
  RuntimeReport report() {
    try {
      return RuntimeReport.of(jdk, plan.modules(), plan.warnings());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
