package io.slimimage.image;

import java.util.ArrayList;
import java.util.List;

/** The history of a base image, with one entry more for each layer that is laid on it. */
final class HistoryPatch {

  private static final String EMPTY_LAYER = "empty_layer";

  private final List<Object> history;
  private final String createdBefore;

  /**
   * Creates a patch.
   *
   * @param history the base's entries
   * @param createdBefore when the base was made
   */
  HistoryPatch(List<JsonObject> history, String createdBefore) {
    this.history = new ArrayList<>(history);
    this.createdBefore = createdBefore;
  }

  List<Object> apply(int baseLayers, List<BuiltLayer> layers, String created, String builder) {
    fit(baseLayers);
    String tool = builder.split(" ", 2)[0];
    for (BuiltLayer layer : layers) {
      JsonObject entry = new JsonObject();
      entry.put("created", created);
      entry.put("created_by", tool + ": " + layer.role().directoryName());
      entry.put("comment", builder);
      history.add(entry);
    }
    return history;
  }

  /**
   * Engines assign layers to those entries that are not empty, from the first to the last, and
   * refuse an image with too many of them.
   */
  private void fit(int layers) {
    int left = layers;
    for (Object each : history) {
      JsonObject entry = (JsonObject) each;
      if (!Boolean.TRUE.equals(entry.get(EMPTY_LAYER))) {
        if (left > 0) {
          left--;
        } else {
          entry.put(EMPTY_LAYER, true);
        }
      }
    }
    for (; left > 0; left--) {
      JsonObject entry = new JsonObject();
      entry.put("created", createdBefore);
      entry.put("comment", "a layer that the base image's history does not name");
      history.add(entry);
    }
  }
}
