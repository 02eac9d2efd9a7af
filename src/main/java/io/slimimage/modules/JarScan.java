package io.slimimage.modules;

import io.slimimage.blob.FieldLines;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a jar says about the modules that it needs: all that is kept of it for later builds.
 *
 * @param references the modules that its classes refer to, each with the first class that does
 * @param strings the modules with classes that its strings name, each with the first such class
 * @param triggers the triggers of rules that it pulls, each with the first class, or an empty one
 * @param damaged the class files that cannot be read, each with the reason
 * @param newer the classes that are newer than the JDK, each with the release that it is for
 * @param allNewer whether the JDK cannot load a single one of its classes
 */
record JarScan(
    SortedMap<String, String> references,
    SortedMap<String, String> strings,
    SortedMap<String, String> triggers,
    SortedMap<String, String> damaged,
    SortedMap<String, Integer> newer,
    boolean allNewer) {

  JarScan {
    references = copy(references);
    strings = copy(strings);
    triggers = copy(triggers);
    damaged = copy(damaged);
    newer = copy(newer);
  }

  private static <V> SortedMap<String, V> copy(Map<String, V> map) {
    return new TreeMap<>(map);
  }

  /** Returns all of it as a text; the same for equal scans. */
  String toText() {
    FieldLines lines = new FieldLines();
    references.forEach((module, name) -> lines.add("reference", module, name));
    strings.forEach((module, name) -> lines.add("string", module, name));
    triggers.forEach((trigger, name) -> lines.add("trigger", trigger, name));
    damaged.forEach((name, reason) -> lines.add("damaged", name, reason));
    newer.forEach((name, release) -> lines.add("newer", name, release.toString()));
    if (allNewer) {
      lines.add("all newer", "", "");
    }
    return lines.toString();
  }

  /** Reads what {@link #toText} has returned. */
  static JarScan parse(String text) {
    Map<String, SortedMap<String, String>> parts = new HashMap<>();
    for (List<String> line : FieldLines.parse(text)) {
      parts.computeIfAbsent(line.get(0), part -> new TreeMap<>()).put(line.get(1), line.get(2));
    }
    SortedMap<String, String> none = new TreeMap<>();
    SortedMap<String, Integer> newer = new TreeMap<>();
    parts
        .getOrDefault("newer", none)
        .forEach((name, release) -> newer.put(name, Integer.valueOf(release)));
    return new JarScan(
        parts.getOrDefault("reference", none),
        parts.getOrDefault("string", none),
        parts.getOrDefault("trigger", none),
        parts.getOrDefault("damaged", none),
        newer,
        parts.containsKey("all newer"));
  }
}
