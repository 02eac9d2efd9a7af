package io.slimimage.maven;

import io.slimimage.image.ImageConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The modules that options of the JVM need, which no class file tells of. */
final class FlagModules {

  /** What an option begins with, and the module that has what it switches on. */
  private static final Map<String, String> MODULES =
      Map.of(
          "-Dcom.sun.management.jmxremote", "jdk.management.agent",
          "-Dcom.sun.management.config.file", "jdk.management.agent",
          "-XX:+ManagementServer", "jdk.management.agent",
          "-javaagent:", "java.instrument",
          "-XX:StartFlightRecording", "jdk.jfr",
          "-XX:FlightRecorderOptions", "jdk.jfr",
          "-agentlib:jdwp", "jdk.jdwp.agent",
          "-Xrunjdwp", "jdk.jdwp.agent");

  private static final String ADD_MODULES = "--add-modules";

  /** Others are the application's own, or stand for several. */
  private static final Pattern JDK_MODULE = Pattern.compile("(?:java|jdk)\\.[\\w.]+");

  /** The variables that the JVM takes options from. */
  private static final List<String> VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");

  private FlagModules() {}

  /** Returns the modules for the options of the start command and of the environment, sorted. */
  static Set<String> of(ImageConfig config) {
    List<String> options = new ArrayList<>(config.entrypoint());
    for (String variable : VARIABLES) {
      options.addAll(List.of(config.env().getOrDefault(variable, "").strip().split("\\s+")));
    }
    Set<String> modules = new TreeSet<>();
    MODULES.forEach(
        (prefix, module) -> {
          if (options.stream().anyMatch(option -> option.startsWith(prefix))) {
            modules.add(module);
          }
        });
    addNamed(options, modules);
    return modules;
  }

  /** Adds those that an option names, without which the JVM does not start. */
  private static void addNamed(List<String> options, Set<String> modules) {
    for (int i = 0; i < options.size(); i++) {
      String names = "";
      if (options.get(i).startsWith(ADD_MODULES + "=")) {
        names = options.get(i).substring(ADD_MODULES.length() + 1);
      } else if (options.get(i).equals(ADD_MODULES) && i + 1 < options.size()) {
        names = options.get(i + 1);
      }
      Stream.of(names.split(",")).filter(JDK_MODULE.asMatchPredicate()).forEach(modules::add);
    }
  }
}
