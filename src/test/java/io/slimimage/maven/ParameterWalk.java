package io.slimimage.maven;

import java.io.InputStream;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.codehaus.plexus.util.ReaderFactory;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;

/** Every parameter of every goal, as the plugin's generated descriptor has them. */
final class ParameterWalk {

  /**
   * A value that a user can set.
   *
   * @param goal the goal's class
   * @param path the fields that lead to it, the goal's own first
   */
  record Leaf(Class<?> goal, List<Field> path) {

    /** Returns the name without the prefix, such as {@code container.user}. */
    String name() {
      return String.join(".", path.stream().map(Field::getName).toList());
    }

    Class<?> type() {
      return path.get(path.size() - 1).getType();
    }

    /** Sets the value, making the beans that lead to it. */
    void set(Object owner, Object value) throws ReflectiveOperationException {
      for (Field field : path.subList(0, path.size() - 1)) {
        if (field.get(owner) == null) {
          field.set(owner, field.getType().getDeclaredConstructor().newInstance());
        }
        owner = field.get(owner);
      }
      path.get(path.size() - 1).set(owner, value);
    }

    Object get(Object owner) throws ReflectiveOperationException {
      for (Field field : path) {
        owner = field.get(owner);
      }
      return owner;
    }

    @Override
    public String toString() {
      return goal.getSimpleName() + " " + name();
    }
  }

  private ParameterWalk() {}

  static Stream<Leaf> leaves() throws Exception {
    List<Leaf> leaves = new ArrayList<>();
    for (Xpp3Dom mojo : descriptor().getChild("mojos").getChildren()) {
      if (!mojo.getChild("goal").getValue().equals("help")) {
        Class<?> goal = Class.forName(mojo.getChild("implementation").getValue());
        for (String parameter : editable(mojo)) {
          walk(leaves, goal, List.of(), field(goal, parameter));
        }
      }
    }
    return leaves.stream();
  }

  /** Returns the goals of the descriptor without {@code help}. */
  static List<Xpp3Dom> goals() throws Exception {
    return Stream.of(descriptor().getChild("mojos").getChildren())
        .filter(mojo -> !mojo.getChild("goal").getValue().equals("help"))
        .toList();
  }

  static List<String> editable(Xpp3Dom mojo) {
    return Stream.of(mojo.getChild("parameters").getChildren())
        .filter(parameter -> parameter.getChild("editable").getValue().equals("true"))
        .map(parameter -> parameter.getChild("name").getValue())
        .toList();
  }

  static void set(Object owner, String name, Object value) {
    try {
      field(owner.getClass(), name).set(owner, value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void walk(List<Leaf> leaves, Class<?> goal, List<Field> before, Field field) {
    field.setAccessible(true);
    List<Field> path = Stream.concat(before.stream(), Stream.of(field)).toList();
    if (field.getType().getPackage() == ParameterWalk.class.getPackage()) {
      for (Field part : field.getType().getDeclaredFields()) {
        if (!part.isSynthetic()) {
          walk(leaves, goal, path, part);
        }
      }
    } else {
      leaves.add(new Leaf(goal, path));
    }
  }

  private static Field field(Class<?> type, String name) throws NoSuchFieldException {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      for (Field field : c.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          field.setAccessible(true);
          return field;
        }
      }
    }
    throw new NoSuchFieldException(name);
  }

  private static Xpp3Dom descriptor() throws Exception {
    try (InputStream in = ParameterWalk.class.getResourceAsStream("/META-INF/maven/plugin.xml")) {
      return Xpp3DomBuilder.build(ReaderFactory.newXmlReader(in));
    }
  }
}
