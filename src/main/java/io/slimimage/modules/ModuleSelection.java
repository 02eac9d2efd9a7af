package io.slimimage.modules;

import java.util.List;

/**
 * What the user decides about the modules.
 *
 * @param only the modules to take instead of those found, or none to take those found
 * @param add modules besides those found
 * @param exclude modules to leave out although they were found
 */
public record ModuleSelection(List<String> only, List<String> add, List<String> exclude) {

  /** Takes the modules that the scan finds. */
  public static final ModuleSelection FOUND = new ModuleSelection(List.of(), List.of(), List.of());

  /** Copies the lists. */
  public ModuleSelection {
    only = List.copyOf(only);
    add = List.copyOf(add);
    exclude = List.copyOf(exclude);
  }
}
