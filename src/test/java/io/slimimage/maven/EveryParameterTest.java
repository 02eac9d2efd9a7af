package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Walks every parameter of every goal: what holds for one must hold for all. */
class EveryParameterTest {

  static Stream<ParameterWalk.Leaf> leaves() throws Exception {
    return ParameterWalk.leaves();
  }

  @ParameterizedTest
  @MethodSource("leaves")
  void commandLineReachesItOverThePom(ParameterWalk.Leaf leaf) throws Exception {
    Object goal = goal(leaf);
    leaf.set(goal, pomValue(leaf.type()));
    String name = ParameterReader.PREFIX + leaf.name();
    Properties commandLine = new Properties();
    switch (leaf.type().getSimpleName()) {
      case "boolean" -> commandLine.setProperty(name, "true");
      case "List" -> commandLine.setProperty(name, "one,two");
      case "Map" -> commandLine.setProperty(name + ".KEY", "command line");
      default -> commandLine.setProperty(name, "command line");
    }

    ParameterReader reader = new ParameterReader(commandLine, new Properties());
    reader.read(goal, List.of(leaf.path().get(0).getName()));

    assertThat(leaf.get(goal))
        .isEqualTo(
            switch (leaf.type().getSimpleName()) {
              case "boolean" -> true;
              case "List" -> List.of("one", "two");
              case "Map" -> Map.of("KEY", "command line", "OTHER", "pom");
              default -> "command line";
            });
    assertThat(reader.unknown()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("leaves")
  void pomStaysWhereTheCommandLineIsSilent(ParameterWalk.Leaf leaf) throws Exception {
    Object goal = goal(leaf);
    leaf.set(goal, pomValue(leaf.type()));
    Properties project = new Properties();
    project.setProperty(ParameterReader.PREFIX + leaf.name(), "project");
    project.setProperty(ParameterReader.PREFIX + leaf.name() + ".KEY", "project");

    new ParameterReader(new Properties(), project)
        .read(goal, List.of(leaf.path().get(0).getName()));

    assertThat(leaf.get(goal)).isEqualTo(pomValue(leaf.type()));
  }

  @Test
  void goalsHaveTheNamesThatOthersRelyOn() throws Exception {
    for (Xpp3Dom goal : ParameterWalk.goals()) {
      Class<?> type = Class.forName(goal.getChild("implementation").getValue());
      assertThat(ParameterWalk.leaves().filter(leaf -> leaf.goal() == type))
          .extracting(ParameterWalk.Leaf::name)
          .contains("image", "tags", "engine", "runtime", "baseImage", "builder.image")
          .contains("builder.test", "docker.builder", "docker.network", "dockerfile.directory")
          .contains(
              "modules.add",
              "modules.exclude",
              "target",
              "skip",
              "mainClass",
              "jvmFlags",
              "optimizeFor",
              "created")
          .contains("container.user", "container.ports", "container.env", "container.labels")
          .contains("container.volumes", "container.workingDirectory", "container.entrypoint")
          .contains("push", "insecureRegistries", "registry.username", "registry.password")
          .contains("registry.ca", "registry.mirrors", "registry.timeout")
          .contains("container.args", "container.stopSignal", "container.healthcheck.command");
    }
  }

  @Test
  void goalsTellTheirPropertiesToMaven() throws Exception {
    for (Xpp3Dom goal : ParameterWalk.goals()) {
      for (String parameter : ParameterWalk.editable(goal)) {
        Xpp3Dom configured = goal.getChild("configuration").getChild(parameter);
        boolean nested = configured == null;
        if (nested) {
          assertThat(parameter)
              .isIn("container", "builder", "registry", "docker", "dockerfile", "modules");
        } else {
          assertThat(configured.getValue()).isEqualTo("${slimimage." + parameter + "}");
        }
      }
    }
  }

  private static Object pomValue(Class<?> type) {
    return switch (type.getSimpleName()) {
      case "boolean" -> false;
      case "List" -> List.of("pom");
      case "Map" -> Map.of("KEY", "pom", "OTHER", "pom");
      default -> "pom";
    };
  }

  private static Object goal(ParameterWalk.Leaf leaf) throws ReflectiveOperationException {
    var constructor = leaf.goal().getDeclaredConstructors()[0];
    return constructor.newInstance(new Object[constructor.getParameterCount()]);
  }
}
