package io.slimimage.modules;

import io.slimimage.blob.FieldLines;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The modules of an application, as they are kept for later builds.
 *
 * @param set the modules
 * @param warnings what users are told of every time
 */
record KnownModules(ModuleSet set, List<String> warnings) {

  KnownModules {
    warnings = List.copyOf(warnings);
  }

  String toText() {
    FieldLines lines = new FieldLines();
    for (ModuleUse use : set.uses()) {
      lines.add("use", use.module(), use.reason(), use.className(), use.jar());
    }
    set.features().stream().sorted().forEach(feature -> lines.add("feature", feature.name()));
    warnings.forEach(warning -> lines.add("warning", warning));
    return lines.toString();
  }

  /** Reads what {@link #toText} has returned; nothing if it is something else. */
  static Optional<KnownModules> parse(String text) {
    List<ModuleUse> uses = new ArrayList<>();
    Set<RuntimeFeature> features = EnumSet.noneOf(RuntimeFeature.class);
    List<String> warnings = new ArrayList<>();
    try {
      for (List<String> line : FieldLines.parse(text)) {
        switch (line.get(0)) {
          case "use" -> uses.add(new ModuleUse(line.get(1), line.get(2), line.get(3), line.get(4)));
          case "feature" -> features.add(RuntimeFeature.valueOf(line.get(1)));
          default -> warnings.add(line.get(1));
        }
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
    return uses.isEmpty()
        ? Optional.empty()
        : Optional.of(new KnownModules(new ModuleSet(uses, features), warnings));
  }
}
