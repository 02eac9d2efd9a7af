package io.slimimage.maven;

import java.util.List;

/** The stage that compiles the application, as the POM's {@code <builder>} element has it. */
public class BuilderParameters {

  /**
   * The image of the builder stage, which must have a JDK 17 or newer and {@code mvn}. The default
   * is {@code maven:3.9-eclipse-temurin-N}, where N is the release of the JDK that runs the build,
   * and at least 17.
   */
  private String image;

  /**
   * Whether the application's tests run, in a stage {@code test} after the builder stage; the image
   * is made only when they pass. The default is {@code false}.
   */
  private String test;

  /**
   * Whether the dependencies are fetched in a step of their own, before the sources are copied, so
   * that a change of the sources does not fetch them again. The default is {@code true}.
   */
  private String goOffline;

  /**
   * Whether the project's Maven wrapper is called where it has one, instead of the image's {@code
   * mvn}. The default is {@code true}.
   */
  private String wrapper;

  /**
   * Names of command line properties that the Maven in the builder stage gets as well, besides
   * those that the POMs refer to. There are none by default.
   */
  private List<String> properties;

  String image() {
    return image;
  }

  String test() {
    return test;
  }

  String goOffline() {
    return goOffline;
  }

  String wrapper() {
    return wrapper;
  }

  List<String> properties() {
    return properties == null ? List.of() : properties;
  }
}
