package io.slimimage.modules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Triggers by their first two characters: every string of every class is held against them, and
 * nearly none of them fits.
 */
final class TriggerIndex {

  private final Map<Integer, List<Trigger>> triggers = new HashMap<>();

  TriggerIndex(List<Trigger> triggers) {
    for (Trigger each : triggers) {
      this.triggers.computeIfAbsent(key(each.pattern()), key -> new ArrayList<>()).add(each);
    }
  }

  /** Hands over the triggers that a value pulls. */
  void forEachMatch(String value, Consumer<Trigger> sink) {
    if (value.length() < 2) {
      return;
    }
    List<Trigger> candidates = triggers.get(key(value));
    if (candidates != null) {
      for (Trigger each : candidates) {
        if (each.matches(value)) {
          sink.accept(each);
        }
      }
    }
  }

  private static int key(String text) {
    return Character.toLowerCase(text.charAt(0)) << Character.SIZE
        | Character.toLowerCase(text.charAt(1));
  }
}
