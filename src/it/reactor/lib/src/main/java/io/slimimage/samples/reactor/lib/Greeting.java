package io.slimimage.samples.reactor.lib;

/** What the application says. */
public final class Greeting {

  private Greeting() {}

  /** Returns the greeting. */
  public static String text() {
    return "Hello from another module";
  }
}
