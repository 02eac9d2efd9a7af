package io.slimimage.maven;

import java.util.regex.Pattern;

/** Checks the parameters that say how Java starts the application. */
final class JavaParameters {

  private static final String IDENTIFIER =
      "\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*";
  private static final Pattern CLASS = Pattern.compile(IDENTIFIER + "(\\." + IDENTIFIER + ")*");

  private JavaParameters() {}

  static void check(Parameters given, Problems problems) {
    String mainClass = given.mainClass() == null ? "" : given.mainClass().strip();
    if (!mainClass.isEmpty() && !CLASS.matcher(mainClass).matches()) {
      problems.add(
          "mainClass",
          mainClass,
          "the name of a class with its package",
          "write com.example.Main, or com.example.Outer$Main for a nested class");
    }
    for (String flag : given.jvmFlags()) {
      if (flag.isBlank() || flag.indexOf('\n') >= 0 || flag.indexOf('\r') >= 0) {
        problems.add(
            "jvmFlags", flag.strip(), "one option for each item", "write it on a line of its own");
      }
    }
  }
}
