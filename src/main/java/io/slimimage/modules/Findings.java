package io.slimimage.modules;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Collects what the classes of one jar say, class by class in the order of their names. */
final class Findings {

  /** The class file version of Java N is N more than this. */
  private static final int MAJOR_OF_RELEASE_0 = 44;

  private final int feature;
  private final Map<String, String> owners;
  private final JdkImage image;
  private final Rules rules;

  private final Map<String, String> references = new HashMap<>();
  private final Set<String> texts = new HashSet<>();
  private final SortedMap<String, String> modules = new TreeMap<>();
  private final SortedMap<String, String> strings = new TreeMap<>();
  private final SortedMap<String, String> triggers = new TreeMap<>();
  private final SortedMap<String, String> damaged = new TreeMap<>();
  private final SortedMap<String, Integer> newer = new TreeMap<>();
  private final List<Trigger> textTriggers;
  private final List<Trigger> charsetTriggers;
  private final List<Trigger> containsTriggers;
  private boolean loadable;

  Findings(int feature, Map<String, String> owners, JdkImage image, Rules rules) {
    this.feature = feature;
    this.owners = owners;
    this.image = image;
    this.rules = rules;
    this.textTriggers = rules.triggers(Trigger.Kind.TEXT);
    this.charsetTriggers = rules.triggers(Trigger.Kind.CHARSET);
    this.containsTriggers = rules.triggers(Trigger.Kind.CONTAINS);
  }

  void attribute(String name) {
    pull(rules.triggers(Trigger.Kind.MANIFEST), name, "");
  }

  void service(String name) {
    pull(rules.triggers(Trigger.Kind.PROVIDES), name, "");
  }

  void module(String module, String className) {
    modules.putIfAbsent(module, className);
  }

  void damaged(String className, String reason) {
    damaged.put(className, reason);
  }

  void add(String className, ConstantPool constants) {
    int release = constants.major() - MAJOR_OF_RELEASE_0;
    if (release > feature) {
      newer.put(className, release);
    } else {
      loadable |= !className.endsWith("module-info");
    }
    pull(containsTriggers, className, className);
    for (String name : constants.classes()) {
      if (name.startsWith("[")) {
        Signatures.forEachClass(name, each -> references.putIfAbsent(each, className));
      } else {
        references.putIfAbsent(name, className);
      }
    }
    boolean silent = rules.isSilent(className);
    for (String text : constants.texts()) {
      Signatures.forEachClass(text, each -> references.putIfAbsent(each, className));
      if (!silent && texts.add(text)) {
        pull(textTriggers, text, className);
        pull(charsetTriggers, text, className);
        namedClass(text, className);
      }
    }
  }

  /** Notes the module of a class that a string names in the way {@code Class.forName} wants it. */
  private void namedClass(String text, String className) {
    int dot = text.lastIndexOf('.');
    if (dot <= 0 || text.indexOf('/') >= 0) {
      return;
    }
    String module = owners.get(text.substring(0, dot).replace('.', '/'));
    if (module != null
        && !strings.containsKey(module)
        && image.hasClass(module, text.replace('.', '/'))) {
      strings.put(module, className);
    }
  }

  private void pull(List<Trigger> candidates, String value, String className) {
    for (Trigger trigger : candidates) {
      if (trigger.matches(value)) {
        triggers.putIfAbsent(trigger.toString(), className);
      }
    }
  }

  JarScan result() {
    List<Trigger> refers = rules.triggers(Trigger.Kind.REFERS);
    references.forEach(
        (name, className) -> {
          String module = owners.get(name.substring(0, Math.max(name.lastIndexOf('/'), 0)));
          if (module != null) {
            modules.merge(module, className, Findings::first);
          }
          String dotted = name.replace('/', '.');
          for (Trigger trigger : refers) {
            if (trigger.matches(dotted)) {
              triggers.merge(trigger.toString(), className, Findings::first);
            }
          }
        });
    return new JarScan(modules, strings, triggers, damaged, newer, !newer.isEmpty() && !loadable);
  }

  private static String first(String one, String other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
