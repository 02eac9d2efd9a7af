package io.slimimage.maven;

import io.slimimage.ConfigurationException;
import io.slimimage.SlimImageException;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * that does not separate). A nested value that has a method {@code set(String)}, Maven's convention
 * for short forms, takes the property of its own name as well.
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
      // Maven itself has seen to the rest; a flag does not tell whether the POM configures it.
      String value = commandLine.getProperty(name);
      if (value != null) {
        set(owner, field, flag(name, value));
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
    Optional<Method> shortForm = shortForm(field.getType());
    if (shortForm.isEmpty()) {
      names.remove(name);
    }
    Object configured = get(owner, field);
    Object nested = configured == null ? instance(field.getType()) : configured;
    set(owner, field, nested);
    String value = string(name, configured == null ? null : "");
    if (shortForm.isPresent() && value != null && !value.isEmpty()) {
      invoke(shortForm.get(), nested, value);
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
    String inProject = project.getProperty(name);
    if (value == null && (configured == null || isSplitByMaven(configured, inProject))) {
      value = inProject;
    }
    if (value != null) {
      return split(value);
    }
    return configured == null
        ? null
        : configured.stream().map(item -> item == null ? "" : item.toString()).toList();
  }

  /** Maven splits a project property without regard for backslashes. */
  private static boolean isSplitByMaven(List<?> configured, String property) {
    return property != null && configured.equals(List.of(property.split(",")));
  }

  private Map<String, String> map(String name, Map<?, ?> configured) {
    if (commandLine.containsKey(name)) {
      throw new ConfigurationException(
          SlimImageException.advise(
              "'" + name + "' [" + commandLine.getProperty(name) + "] names no key",
              "write -D" + name + ".KEY=VALUE"));
    }
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

  private static boolean flag(String name, String value) {
    // Maven's command line has 'true' for a name without a value, embedders have nothing.
    if (value.isBlank() || value.strip().equalsIgnoreCase("true")) {
      return true;
    }
    if (value.strip().equalsIgnoreCase("false")) {
      return false;
    }
    throw new ConfigurationException(
        SlimImageException.advise(
            "'" + name + "' [" + value + "] must be 'true' or 'false'", "write one of them"));
  }

  private static Optional<Method> shortForm(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> method.getName().equals("set"))
        .filter(method -> List.of(method.getParameterTypes()).equals(List.of(String.class)))
        .findFirst();
  }

  private static void invoke(Method method, Object owner, String value) {
    try {
      method.invoke(owner, value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
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
