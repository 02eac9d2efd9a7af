package io.slimimage.modules;

import io.slimimage.blob.FieldLines;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The modules of a JDK.
 *
 * @param modules what each module says, by its name
 */
record JdkModules(SortedMap<String, ModuleInfo> modules) {

  JdkModules {
    modules = new TreeMap<>(modules);
  }

  boolean has(String module) {
    return modules.containsKey(module);
  }

  /** Returns the module of each package, exported or not; packages are written with slashes. */
  Map<String, String> owners() {
    Map<String, String> owners = new HashMap<>();
    modules.forEach((name, info) -> info.packages().forEach(each -> owners.put(each, name)));
    return owners;
  }

  /** Returns modules and all that they require, each with one that requires it, if any does. */
  SortedMap<String, Optional<String>> closure(Collection<String> roots) {
    SortedMap<String, Optional<String>> closure = new TreeMap<>();
    Deque<String> open = new ArrayDeque<>();
    for (String root : new TreeSet<>(roots)) {
      closure.put(root, Optional.empty());
      open.add(root);
    }
    while (!open.isEmpty()) {
      String name = open.remove();
      for (String required : modules.getOrDefault(name, NOTHING).requires()) {
        if (closure.putIfAbsent(required, Optional.of(name)) == null) {
          open.add(required);
        }
      }
    }
    return closure;
  }

  /** Returns all of it as a text: a line for each module. */
  String toText() {
    FieldLines lines = new FieldLines();
    modules.forEach(
        (name, info) ->
            lines.add(name, String.join(" ", info.requires()), String.join(" ", info.packages())));
    return lines.toString();
  }

  /** Reads what {@link #toText} has returned. */
  static JdkModules parse(String text) {
    SortedMap<String, ModuleInfo> modules = new TreeMap<>();
    for (List<String> line : FieldLines.parse(text)) {
      modules.put(line.get(0), new ModuleInfo(names(line.get(1)), names(line.get(2))));
    }
    return new JdkModules(modules);
  }

  private static Set<String> names(String text) {
    return text.isEmpty() ? Set.of() : new LinkedHashSet<>(Arrays.asList(text.split(" ")));
  }

  private static final ModuleInfo NOTHING = new ModuleInfo(Set.of(), Set.of());
}
