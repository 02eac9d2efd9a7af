package io.slimimage.maven;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * Gives every parameter the value of its property {@code slimimage.<name>}.
 *
 * <p>Maven lets the POM's configuration win over the command line and fills neither nested values
 * nor maps from properties. Here the order is command line, POM configuration, project property,
 * default, for all of them alike: nested values by their path ({@code slimimage.container.user}),
 * maps by their keys ({@code slimimage.container.env.KEY}), lists by commas ({@code \,} is a comma
 * that does not separate).
 */
final class ParameterReader {

  static final String PREFIX = "slimimage.";

  private final Properties commandLine;
  private final Properties project;
  private final Set<String> names = new TreeSet<>();
  private final Set<String> mapNames = new TreeSet<>();

  ParameterReader(Properties commandLine, Properties project) {
    this.commandLine = commandLine;
    this.project = project;
  }

  /** Fills the named fields of a goal, which are its parameters. */
  void read(Object goal, Collection<String> parameters) {
    for (String parameter : parameters) {
      apply(goal, field(goal.getClass(), parameter), PREFIX + parameter);
    }
  }

  /** Returns the property names of all parameters that have been read; a map's without its keys. */
  Set<String> names() {
    return Set.copyOf(names);
  }

  /** Returns the command line's properties that look like parameters but are none. */
  List<String> unknown() {
    return commandLine.stringPropertyNames().stream()
        .filter(name -> name.startsWith(PREFIX))
        .filter(name -> !names.contains(name))
        .filter(name -> mapNames.stream().noneMatch(map -> name.startsWith(map + ".")))
        .sorted()
        .toList();
  }

  private void apply(Object owner, Field field, String name) {
    names.add(name);
    Class<?> type = field.getType();
    if (type == String.class) {
      set(owner, field, string(name, (String) get(owner, field)));
    } else if (type == boolean.class) {
      String value = string(name, null);
      if (value != null) {
        set(owner, field, value.isEmpty() || Boolean.parseBoolean(value));
      }
    } else if (type == List.class) {
      set(owner, field, list(name, (List<?>) get(owner, field)));
    } else if (type == Map.class) {
      mapNames.add(name);
      set(owner, field, map(name, (Map<?, ?>) get(owner, field)));
    } else if (type.getPackage() == ParameterReader.class.getPackage()) {
      applyNested(owner, field, name);
    } else {
      throw new IllegalStateException("no property can fill " + field);
    }
  }

  private void applyNested(Object owner, Field field, String name) {
    names.remove(name);
    Object nested = get(owner, field);
    if (nested == null) {
      nested = instance(field.getType());
      set(owner, field, nested);
    }
    for (Field part : field.getType().getDeclaredFields()) {
      if (!part.isSynthetic()) {
        apply(nested, part, name + "." + part.getName());
      }
    }
  }

  private String string(String name, String configured) {
    String value = commandLine.getProperty(name);
    if (value == null) {
      value = configured == null ? project.getProperty(name) : configured;
    }
    return value;
  }

  private List<String> list(String name, List<?> configured) {
    String value = commandLine.getProperty(name);
    if (value == null && configured == null) {
      value = project.getProperty(name);
    }
    if (value != null) {
      return split(value);
    }
    return configured == null
        ? null
        : configured.stream().map(item -> item == null ? "" : item.toString()).toList();
  }

  private Map<String, String> map(String name, Map<?, ?> configured) {
    Map<String, String> values = new LinkedHashMap<>();
    putAll(values, name, project);
    if (configured != null) {
      configured.forEach(
          (key, value) -> values.put(key.toString(), value == null ? "" : "" + value));
    }
    putAll(values, name, commandLine);
    return values;
  }

  private static void putAll(Map<String, String> values, String name, Properties properties) {
    Set<String> keys = new LinkedHashSet<>(new TreeSet<>(properties.stringPropertyNames()));
    for (String key : keys) {
      if (key.startsWith(name + ".")) {
        values.put(key.substring(name.length() + 1), properties.getProperty(key));
      }
    }
  }

  /** Splits at commas that no backslash precedes; blanks around an item are dropped. */
  static List<String> split(String value) {
    List<String> items = new ArrayList<>();
    StringBuilder item = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\\' && i + 1 < value.length() && value.charAt(i + 1) == ',') {
        item.append(',');
        i++;
      } else if (c == ',') {
        items.add(item.toString().strip());
        item.setLength(0);
      } else {
        item.append(c);
      }
    }
    if (!item.toString().isBlank()) {
      items.add(item.toString().strip());
    }
    return List.copyOf(items);
  }

  private static Field field(Class<?> type, String name) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      for (Field field : c.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          return field;
        }
      }
    }
    throw new IllegalStateException(type + " has no field '" + name + "'");
  }

  private static Object get(Object owner, Field field) {
    try {
      field.setAccessible(true);
      return field.get(owner);
    } catch (IllegalAccessException | InaccessibleObjectException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void set(Object owner, Field field, Object value) {
    try {
      field.setAccessible(true);
      field.set(owner, value);
    } catch (IllegalAccessException | InaccessibleObjectException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object instance(Class<?> type) {
    try {
      return type.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
