package io.slimimage.modules;

import java.util.Objects;

/**
 * Why a module is in the runtime.
 *
 * @param module the name of the module
 * @param reason what needs it, in words: {@code class} where a class refers to it, {@code string}
 *     where a string names one of its classes, the name of a rule, {@code added}, {@code always},
 *     or {@code required by} another module
 * @param className the first class that needs it, by the class path's order and then by name, with
 *     dots; empty where none does
 * @param jar the file name of the jar with that class; empty where none has it
 */
public record ModuleUse(String module, String reason, String className, String jar) {

  /** Checks that nothing is null. */
  public ModuleUse {
    Objects.requireNonNull(module, "module");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(className, "className");
    Objects.requireNonNull(jar, "jar");
  }

  /** Returns all of it as a log has it. */
  String inWords() {
    return "["
        + module
        + "]: "
        + reason
        + (className.isEmpty() ? "" : " [" + className + "]")
        + (jar.isEmpty() ? "" : " in [" + jar + "]");
  }
}
