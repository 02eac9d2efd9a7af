package io.slimimage.modules;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The modules that an application needs, with those that they require themselves.
 *
 * @param uses one for each module, sorted by its name
 * @param features what else of the runtime the application needs
 */
public record ModuleSet(List<ModuleUse> uses, Set<RuntimeFeature> features) {

  /** Copies the collections. */
  public ModuleSet {
    uses = List.copyOf(uses);
    features = features.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(features));
  }

  /** Returns the names of the modules, sorted. */
  public List<String> names() {
    return uses.stream().map(ModuleUse::module).toList();
  }
}
