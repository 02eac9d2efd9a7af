package io.slimimage.maven;

import java.util.List;

/** The stage that compiles the application, as the POM's {@code <builder>} element has it. */
public class BuilderParameters {

  /** The image of the builder stage: one with a JDK and Maven. */
  private String image;

  /** Whether the application's tests run in the build. */
  private String test;

  /** Whether the dependencies are fetched in a step of their own, before the sources are copied. */
  private String goOffline;

  /** Whether the project's Maven wrapper is used where it has one. */
  private String wrapper;

  /** Names of command line properties that the build inside the builder stage gets as well. */
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
