package io.slimimage.modules;

import io.slimimage.SlimImageException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** Puts together what was found, what the rules add, and what the user decides. */
final class ModuleResolution {

  private static final String BASE = "java.base";
  private static final String DESKTOP = "java.desktop";

  private final JdkModules modules;
  private final RuleBook book;
  private final ModuleSelection selection;
  private final ModuleNames names;

  /** The modules that are wanted for themselves, in the order in which they were found. */
  private final Map<String, ModuleUse> uses = new LinkedHashMap<>();

  ModuleResolution(Jdk jdk, JdkModules modules, RuleBook book, ModuleSelection selection) {
    this.modules = modules;
    this.book = book;
    this.selection = selection;
    this.names = new ModuleNames(jdk, modules);
  }

  /**
   * Resolves the modules.
   *
   * @throws SlimImageException if the selection names a module that there is not, or leaves out one
   *     that is required
   */
  ModuleSet resolve(List<ScannedJar> jars, List<JarScan> scans) {
    names.check("slimimage.modules", selection.only());
    names.check("slimimage.modules.add", selection.add());
    names.check("slimimage.modules.exclude", selection.exclude());
    use(new ModuleUse(BASE, "always", "", ""));
    selection.add().forEach(each -> use(new ModuleUse(each, "added", "", "")));
    if (selection.only().isEmpty()) {
      found("class", jars, scans, (jar, scan) -> scan.references());
      found("string", jars, scans, this::strings);
      applyRules();
    } else {
      selection.only().forEach(each -> use(new ModuleUse(each, "added", "", "")));
    }
    SortedMap<String, Optional<String>> closure = modules.closure(uses.keySet());
    checkExcluded(closure);
    return new ModuleSet(
        closure.entrySet().stream()
            .map(each -> use(each.getKey(), each.getValue().orElse("")))
            .toList(),
        features(closure.keySet()));
  }

  private void found(
      String reason,
      List<ScannedJar> jars,
      List<JarScan> scans,
      BiFunction<ScannedJar, JarScan, Map<String, String>> part) {
    for (int i = 0; i < scans.size(); i++) {
      ScannedJar jar = jars.get(i);
      part.apply(jar, scans.get(i))
          .forEach((module, name) -> use(new ModuleUse(module, reason, name, jar.name())));
    }
  }

  private Map<String, String> strings(ScannedJar jar, JarScan scan) {
    Map<String, String> strings = new TreeMap<>(scan.strings());
    if (!jar.own()) {
      strings.keySet().removeAll(book.rules().tools());
    }
    return strings;
  }

  /** Applies the rules until they add nothing more: a module may pull the trigger of another. */
  private void applyRules() {
    int before;
    do {
      before = uses.size();
      for (RuleBook.Holding holding : book.holding(modules.closure(uses.keySet()).keySet())) {
        holding.rule().modules().stream()
            .sorted()
            .filter(modules::has)
            .map(
                each ->
                    new ModuleUse(each, holding.rule().name(), holding.className(), holding.jar()))
            .forEach(this::use);
      }
    } while (uses.size() > before);
  }

  private void use(ModuleUse use) {
    boolean better = use.module().equals(BASE) && use.reason().equals("class");
    if (!selection.exclude().contains(use.module())) {
      if (better && uses.get(BASE).className().isEmpty()) {
        uses.put(BASE, use);
      }
      uses.putIfAbsent(use.module(), use);
    }
  }

  private ModuleUse use(String module, String requiredBy) {
    ModuleUse use = uses.get(module);
    return use != null ? use : new ModuleUse(module, "required by " + requiredBy, "", "");
  }

  private void checkExcluded(SortedMap<String, Optional<String>> closure) {
    for (String excluded : selection.exclude()) {
      if (excluded.equals(BASE)) {
        throw new SlimImageException(
            SlimImageException.advise(
                "[java.base] of slimimage.modules.exclude is part of every runtime",
                "take it off the list"));
      }
      Optional<String> requiredBy = closure.getOrDefault(excluded, Optional.empty());
      if (requiredBy.isPresent()) {
        throw new SlimImageException(
            SlimImageException.advise(
                "The module ["
                    + excluded
                    + "] of slimimage.modules.exclude is required by ["
                    + requiredBy.get()
                    + "], which is in the runtime",
                "exclude that one as well or keep both"));
      }
    }
  }

  /** Returns the features that are needed; all of them are native code of one module. */
  private Set<RuntimeFeature> features(Set<String> closure) {
    EnumSet<RuntimeFeature> features = EnumSet.noneOf(RuntimeFeature.class);
    if (closure.contains(DESKTOP)) {
      book.holding(closure).forEach(holding -> features.addAll(holding.rule().features()));
    }
    return features;
  }
}
