package io.slimimage.modules;

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
}
