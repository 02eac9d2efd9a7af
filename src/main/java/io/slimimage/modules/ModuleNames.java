package io.slimimage.modules;

import io.slimimage.SlimImageException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Checks the names of modules that a user writes, and finds what they meant. */
record ModuleNames(Jdk jdk, JdkModules modules) {

  private static final int SUGGESTIONS = 3;

  /**
   * Checks that a JDK has modules.
   *
   * @param parameter the name of the parameter with the names
   * @throws SlimImageException if it lacks one; near names are part of the message
   */
  void check(String parameter, List<String> names) {
    for (String name : names) {
      if (!modules.has(name)) {
        throw new SlimImageException(
            SlimImageException.advise(
                "["
                    + name
                    + "] of "
                    + parameter
                    + " is no module of JDK "
                    + jdk.feature()
                    + " at ["
                    + jdk.home()
                    + "]",
                advice(name)));
      }
    }
  }

  private String advice(String name) {
    List<String> near =
        modules.modules().keySet().stream()
            .filter(each -> isNear(name, each))
            .sorted(Comparator.comparingInt(each -> distance(name, each)))
            .limit(SUGGESTIONS)
            .toList();
    return near.isEmpty()
        ? "choose from the names that " + jdk.home().resolve("bin/java") + " --list-modules prints"
        : near.stream().collect(Collectors.joining("] or [", "write [", "]"));
  }

  private static boolean isNear(String name, String module) {
    return distance(name, module) <= Math.max(2, name.length() / 4)
        || module.endsWith("." + name)
        || name.length() > 4 && module.contains(name);
  }

  /** Returns how many characters are to be changed, put in or taken out (Levenshtein). */
  private static int distance(String one, String other) {
    List<Integer> row = new ArrayList<>();
    for (int j = 0; j <= other.length(); j++) {
      row.add(j);
    }
    for (int i = 1; i <= one.length(); i++) {
      List<Integer> next = new ArrayList<>(List.of(i));
      for (int j = 1; j <= other.length(); j++) {
        int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        next.add(
            Collections.min(List.of(row.get(j - 1) + change, row.get(j) + 1, next.get(j - 1) + 1)));
      }
      row = next;
    }
    return row.get(other.length());
  }
}
