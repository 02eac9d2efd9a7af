package io.slimimage.modules;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A line of the table of what no reference between classes tells.
 *
 * @param name a short name, which reports give as the reason
 * @param why the reason in one sentence
 * @param own whether only the application's own jars are looked at
 * @param until the last feature release of the JDK that it is for, 0 for all
 * @param when what makes it hold; one of them is enough
 * @param modules the modules that are needed then, as far as the JDK has them
 * @param features what else of the runtime is needed then
 */
record Rule(
    String name,
    String why,
    boolean own,
    int until,
    Map<Trigger.Kind, List<String>> when,
    Set<String> modules,
    Set<RuntimeFeature> features) {

  Rule {
    when = Map.copyOf(when);
    modules = Set.copyOf(modules);
    features = Set.copyOf(features);
  }

  boolean isFor(int feature) {
    return until == 0 || feature <= until;
  }

  /**
   * Returns the first class that makes it hold.
   *
   * @param pulled the triggers that a jar pulls, each with its first class
   */
  Optional<String> firstClass(Map<String, String> pulled) {
    return when.keySet().stream()
        .flatMap(kind -> triggers(kind).stream())
        .map(each -> pulled.get(each.toString()))
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder());
  }

  /** Returns the triggers that look into the same place. */
  List<Trigger> triggers(Trigger.Kind kind) {
    return when.getOrDefault(kind, List.of()).stream()
        .map(pattern -> new Trigger(kind, pattern))
        .toList();
  }
}
