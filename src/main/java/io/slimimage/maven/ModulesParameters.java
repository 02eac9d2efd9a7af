package io.slimimage.maven;

import java.util.List;

/** The modules of the linked runtime, as the POM's {@code <modules>} element has them. */
public class ModulesParameters {

  /**
   * The modules to link instead of those that were found; what they require comes along. By default
   * it is those that were found.
   */
  private List<String> only;

  /** Modules to link besides those that were found. There are none by default. */
  private List<String> add;

  /** Modules to leave out although they were found. There are none by default. */
  private List<String> exclude;

  /** Takes the short form, the modules to link: their names with commas between them. */
  public void set(String names) {
    only = ParameterReader.split(names);
  }

  List<String> only() {
    return only == null ? List.of() : only;
  }

  List<String> add() {
    return add == null ? List.of() : add;
  }

  List<String> exclude() {
    return exclude == null ? List.of() : exclude;
  }
}
