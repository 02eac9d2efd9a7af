package io.slimimage.modules;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads the table of rules: a word on each line says what the rest of it is. */
final class RulesReader {

  private final List<String> silent = new ArrayList<>();
  private final Set<String> tools = new HashSet<>();
  private final Map<String, String> leftOut = new LinkedHashMap<>();
  private final List<Rule> rules = new ArrayList<>();
  private Draft draft;

  /** The rule that the lines are about. */
  private static final class Draft {

    private final String name;
    private final Map<Trigger.Kind, List<String>> when = new EnumMap<>(Trigger.Kind.class);
    private final Set<String> modules = new HashSet<>();
    private final Set<RuntimeFeature> features = new HashSet<>();
    private String why = "";
    private boolean own;
    private int until;

    Draft(String name) {
      this.name = name;
    }

    Rule rule() {
      return new Rule(name, why, own, until, when, modules, features);
    }
  }

  private RulesReader() {}

  /**
   * Reads the file.
   *
   * @throws IllegalArgumentException if a line is none of a table
   */
  static Rules.Table read(byte[] file) {
    RulesReader reader = new RulesReader();
    for (String line : new String(file, UTF_8).split("\n")) {
      String text = line.strip();
      if (!text.isEmpty() && !text.startsWith("#")) {
        int end = text.indexOf(' ');
        reader.read(
            text.substring(0, end < 0 ? text.length() : end),
            end < 0 ? "" : text.substring(end + 1));
      }
    }
    reader.finish();
    return new Rules.Table(reader.silent, reader.tools, reader.leftOut, reader.rules);
  }

  private void read(String word, String rest) {
    switch (word) {
      case "silent" -> silent.addAll(Arrays.asList(rest.split(" ")));
      case "tool" -> tools.addAll(Arrays.asList(rest.split(" ")));
      case "left-out" -> {
        int end = rest.indexOf(' ');
        leftOut.put(rest.substring(0, end), rest.substring(end + 1));
      }
      case "rule" -> {
        finish();
        draft = new Draft(rest);
      }
      case "why" -> draft.why = rest;
      case "own" -> draft.own = true;
      case "until" -> draft.until = Integer.parseInt(rest);
      case "module" -> draft.modules.addAll(Arrays.asList(rest.split(" ")));
      case "feature" -> {
        for (String feature : upperCase(rest).split(" ")) {
          draft.features.add(RuntimeFeature.valueOf(feature));
        }
      }
      case "on-module" -> trigger(Trigger.Kind.MODULE, rest);
      default -> trigger(Trigger.Kind.valueOf(upperCase(word)), rest);
    }
  }

  private void trigger(Trigger.Kind kind, String patterns) {
    List<String> all = draft.when.computeIfAbsent(kind, each -> new ArrayList<>());
    all.addAll(Arrays.asList(patterns.split(" ")));
  }

  private static String upperCase(String word) {
    return word.toUpperCase(Locale.ROOT);
  }

  private void finish() {
    if (draft != null) {
      rules.add(draft.rule());
      draft = null;
    }
  }
}
