package io.slimimage.it;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeSet;

/** What differs between two things of the same kind, for people to read. */
final class Differences {

  private static final int SHOWN = 20;

  private Differences() {}

  /**
   * Compares values by their names.
   *
   * @param what what the names are of, in the plural
   * @return the first differences with the values of both sides, nothing where there are none
   */
  static String between(
      String what, SortedMap<String, String> one, SortedMap<String, String> other) {
    Set<String> names = new TreeSet<>(one.keySet());
    names.addAll(other.keySet());
    Set<String> different = new TreeSet<>(names);
    different.removeIf(name -> value(one, name).equals(value(other, name)));
    if (different.isEmpty()) {
      return "";
    }
    StringJoiner text = new StringJoiner("\n");
    text.add("%d of %d %s differ:".formatted(different.size(), names.size(), what));
    different.stream()
        .limit(SHOWN)
        .forEach(
            name ->
                text.add("  " + name)
                    .add("    - " + value(one, name))
                    .add("    + " + value(other, name)));
    if (different.size() > SHOWN) {
      text.add("  and %d more".formatted(different.size() - SHOWN));
    }
    return text + "\n";
  }

  private static String value(Map<String, String> values, String name) {
    return values.getOrDefault(name, "is not there");
  }
}
