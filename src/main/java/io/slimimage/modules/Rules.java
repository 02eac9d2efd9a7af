package io.slimimage.modules;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.slimimage.blob.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The table of what no reference between classes tells: the resource {@code rules.json}.
 *
 * @param digest the digest of the table, for the keys of what was found by it
 * @param silent the classes whose strings name classes that they never load, as patterns
 * @param tools the modules that no JRE has: libraries name their classes for when they run on a
 *     JDK, and do without elsewhere
 * @param rules the rules
 */
record Rules(Digest digest, List<String> silent, Set<String> tools, List<Rule> rules) {

  /**
   * The file's content.
   *
   * @param leftOut why modules that provide services to others, which {@code jlink --bind-services}
   *     would take, do not come in by a rule
   */
  record Table(
      List<String> silent, Set<String> tools, Map<String, String> leftOut, List<Rule> rules) {}

  static Rules load() {
    try (InputStream in = Rules.class.getResourceAsStream("rules.json")) {
      byte[] bytes = in.readAllBytes();
      Table table = parse(bytes);
      return new Rules(Digest.sha256(bytes), table.silent(), table.tools(), table.rules());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the rules", e);
    }
  }

  static Table parse(byte[] json) throws IOException {
    return JsonMapper.builder()
        .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
        .build()
        .readValue(json, Table.class);
  }

  /** Returns the triggers of all rules that look into the same place. */
  List<Trigger> triggers(Trigger.Kind kind) {
    return rules.stream().flatMap(rule -> rule.triggers(kind).stream()).distinct().toList();
  }

  /** Returns whether strings in this class, written with dots, say nothing about what it loads. */
  boolean isSilent(String className) {
    return silent.stream()
        .anyMatch(pattern -> new Trigger(Trigger.Kind.CONTAINS, pattern).matches(className));
  }
}
