package io.slimimage.modules;

import io.slimimage.blob.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The table of what no reference between classes tells: the resource {@code rules.txt}.
 *
 * @param silent the classes whose strings name classes that they never load, as patterns
 * @param tools the modules that no JRE has: libraries name their classes for when they run on a
 *     JDK, and do without elsewhere
 * @param rules the rules
 */
record Rules(List<String> silent, Set<String> tools, List<Rule> rules) {

  /**
   * The file's content.
   *
   * @param leftOut why modules that provide services to others, which {@code jlink --bind-services}
   *     would take, do not come in by a rule
   */
  record Table(
      List<String> silent, Set<String> tools, Map<String, String> leftOut, List<Rule> rules) {}

  static Rules load() {
    Table table = RulesReader.read(resource());
    return new Rules(table.silent(), table.tools(), table.rules());
  }

  /** Returns the digest of the table, for the keys of what was found by it. */
  static Digest digest() {
    return Digest.sha256(resource());
  }

  private static byte[] resource() {
    try (InputStream in = Rules.class.getResourceAsStream("rules.txt")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the rules", e);
    }
  }

  /** Returns the triggers of all rules that look into the same place. */
  List<Trigger> triggers(Trigger.Kind kind) {
    Map<String, Trigger> byPattern = new LinkedHashMap<>();
    for (Rule rule : rules) {
      for (Trigger trigger : rule.triggers(kind)) {
        byPattern.put(trigger.pattern(), trigger);
      }
    }
    return List.copyOf(byPattern.values());
  }

  /** Returns whether strings in this class, written with dots, say nothing about what it loads. */
  boolean isSilent(String className) {
    return silent.stream()
        .anyMatch(pattern -> new Trigger(Trigger.Kind.CONTAINS, pattern).matches(className));
  }
}
