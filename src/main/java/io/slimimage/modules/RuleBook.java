package io.slimimage.modules;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rules, with all that may pull their triggers except for the modules.
 *
 * @param rules the table
 * @param feature the JDK's feature release
 * @param jars the class path
 * @param scans what was found in each of the jars
 * @param locales the wanted languages
 */
record RuleBook(
    Rules rules, int feature, List<ScannedJar> jars, List<JarScan> scans, List<String> locales) {

  /** What {@code java.base} has without the module of all other languages. */
  private static final Set<String> BASE_LOCALES = Set.of("en", "en-US");

  /**
   * A rule that holds.
   *
   * @param className the first class that makes it hold, empty where none does
   * @param jar the jar of that class, or the one that makes it hold otherwise; empty where none
   */
  record Holding(Rule rule, String className, String jar) {}

  /** Returns the rules that hold with these modules, in the order of the table. */
  List<Holding> holding(Collection<String> modules) {
    return rules.rules().stream()
        .filter(rule -> rule.isFor(feature))
        .flatMap(rule -> holding(rule, modules).stream())
        .toList();
  }

  private Optional<Holding> holding(Rule rule, Collection<String> modules) {
    if (pulls(rule, Trigger.Kind.MODULE, modules) || pulls(rule, Trigger.Kind.LOCALE, foreign())) {
      return Optional.of(new Holding(rule, "", ""));
    }
    for (int i = 0; i < jars.size(); i++) {
      if (jars.get(i).own() || !rule.own()) {
        Optional<String> className = rule.firstClass(scans.get(i).triggers());
        if (className.isPresent()) {
          return Optional.of(new Holding(rule, className.get(), jars.get(i).name()));
        }
      }
    }
    return Optional.empty();
  }

  private List<String> foreign() {
    return locales.stream().filter(tag -> !BASE_LOCALES.contains(tag)).toList();
  }

  private static boolean pulls(Rule rule, Trigger.Kind kind, Collection<String> values) {
    return rule.triggers(kind).stream().anyMatch(each -> values.stream().anyMatch(each::matches));
  }
}
