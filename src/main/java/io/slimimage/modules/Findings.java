package io.slimimage.modules;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Collects what the classes of one jar say, class by class in the order of their names. */
final class Findings {

  /** The class file version of Java N is N more than this. */
  private static final int MAJOR_OF_RELEASE_0 = 44;

  private static final Set<Trigger.Kind> IN_JARS =
      EnumSet.complementOf(EnumSet.of(Trigger.Kind.MODULE, Trigger.Kind.LOCALE));

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
  private final Map<Trigger.Kind, TriggerIndex> indexes = new EnumMap<>(Trigger.Kind.class);
  private boolean loadable;

  Findings(int feature, Map<String, String> owners, JdkImage image, Rules rules) {
    this.feature = feature;
    this.owners = owners;
    this.image = image;
    this.rules = rules;
    for (Trigger.Kind kind : IN_JARS) {
      indexes.put(kind, new TriggerIndex(rules.triggers(kind)));
    }
  }

  void attribute(String name) {
    pull(Trigger.Kind.MANIFEST, name, "");
  }

  void service(String name) {
    pull(Trigger.Kind.PROVIDES, name, "");
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
    pull(Trigger.Kind.CONTAINS, className, className);
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
        pull(Trigger.Kind.TEXT, text, className);
        pull(Trigger.Kind.CHARSET, text, className);
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

  private void pull(Trigger.Kind kind, String value, String className) {
    indexes
        .get(kind)
        .forEachMatch(value, each -> triggers.merge(each.toString(), className, Findings::first));
  }

  JarScan result() {
    references.forEach(
        (name, className) -> {
          String module = owners.get(name.substring(0, Math.max(name.lastIndexOf('/'), 0)));
          if (module != null) {
            modules.merge(module, className, Findings::first);
          }
          pull(Trigger.Kind.REFERS, name.replace('/', '.'), className);
        });
    return new JarScan(modules, strings, triggers, damaged, newer, !newer.isEmpty() && !loadable);
  }

  private static String first(String one, String other) {
    return one.compareTo(other) <= 0 ? one : other;
  }
}
